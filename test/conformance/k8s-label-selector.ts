import type { Json } from '../../functions/kube/json.ts';
import {
  checkLabelRequirement,
  type LabelRequirement,
  type Labels,
  meetsRequirement,
} from '../../functions/kube/label-requirement.ts';
import { checkLabelSelector, matchesLabelSelector } from '../../functions/kube/label-selector.ts';
import { agreeOn } from './agree-on.ts';
import type { Family } from './family.ts';
import { formatLabelSelector, parseLabelSelector } from './label-selector-text.ts';

type Question =
  | { op: 'valid' | 'parse'; text: string }
  | { op: 'match'; selector: string; labels: Labels }
  | { op: 'matchSet'; selector: Labels; labels: Labels }
  | { op: 'setValid'; selector: Labels }
  | { op: 'matchRequirements'; requirements: LabelRequirement[]; labels: Labels }
  | ({ op: 'requirement' } & LabelRequirement)
  | { op: 'same'; texts: string[] };

/** Label selectors as text and as requirements. Of what we answer only what the table knows is compared. */
export const k8sLabelSelector: Family = {
  name: 'k8s-label-selector',
  answer: (input) => answer(input as unknown as Question),
  agrees: agreeOn(),
};

function answer(question: Question): Json {
  switch (question.op) {
    case 'valid':
    case 'parse': {
      const requirements = parse(question.text);
      if (requirements === undefined) return { valid: false };
      return { valid: true, requirements: requirements.map(describe), text: formatLabelSelector(requirements) };
    }
    case 'match': {
      const requirements = parse(question.selector);
      return { match: requirements !== undefined && meetsAll(requirements, question.labels) };
    }
    case 'matchSet':
      return { match: matchesLabelSelector({ matchLabels: question.selector }, question.labels) };
    case 'setValid':
      return { valid: checkLabelSelector({ matchLabels: question.selector }, '').length === 0 };
    case 'matchRequirements':
      return { match: meetsAll(question.requirements, question.labels) };
    case 'requirement':
      return { valid: checkLabelRequirement(question, '').length === 0 };
    case 'same': {
      const texts = question.texts.map((text) => formatLabelSelector(parse(text) ?? []));
      return { same: texts.every((text) => text === texts[0]) };
    }
  }
}

function parse(text: string): readonly LabelRequirement[] | undefined {
  const parsed = parseLabelSelector(text);
  return parsed.problems === undefined ? parsed.value : undefined;
}

function describe({ key, operator, values }: LabelRequirement): Json {
  return { key, operator, values };
}

function meetsAll(requirements: readonly LabelRequirement[], labels: Labels): boolean {
  return requirements.every((requirement) => meetsRequirement(requirement, labels));
}
