import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  checkLabelRequirement,
  type LabelRequirement,
  type Labels,
  meetsRequirement,
} from '../../functions/kube/label-requirement.ts';
import { checkLabelSelector, matchesLabelSelector } from '../../functions/kube/label-selector.ts';
import table from './k8s-label-selector.json' with { type: 'json' };
import { formatLabelSelector, parseLabelSelector } from './label-selector-text.ts';

type Question =
  | { op: 'valid' | 'parse'; text: string }
  | { op: 'match'; selector: string; labels: Labels }
  | { op: 'matchSet'; selector: Labels; labels: Labels }
  | { op: 'setValid'; selector: Labels }
  | { op: 'matchRequirements'; requirements: LabelRequirement[]; labels: Labels }
  | ({ op: 'requirement' } & LabelRequirement)
  | { op: 'same'; texts: string[] };

type Answer = {
  valid?: boolean;
  match?: boolean;
  same?: boolean;
  text?: string;
  requirements?: readonly LabelRequirement[];
};

function parse(text: string): readonly LabelRequirement[] | undefined {
  const parsed = parseLabelSelector(text);
  return parsed.problems === undefined ? parsed.value : undefined;
}

function meetsAll(requirements: readonly LabelRequirement[], labels: Labels): boolean {
  return requirements.every((requirement) => meetsRequirement(requirement, labels));
}

function answer(question: Question): Answer {
  switch (question.op) {
    case 'valid':
    case 'parse': {
      const requirements = parse(question.text);
      if (requirements === undefined) return { valid: false };
      return { valid: true, requirements, text: formatLabelSelector(requirements) };
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

for (const { name, input, expected } of table.cases as { name: string; input: Question; expected: Answer }[]) {
  test(`label selector: ${name}`, () => {
    const given = answer(input);
    for (const key of Object.keys(expected) as (keyof Answer)[]) assert.deepEqual(given[key], expected[key], key);
  });
}
