import { repellingTaint, type Taint } from '../../functions/clusters/taints.ts';
import type { Toleration } from '../../functions/generated/types.ts';
import { isJsonObject, type Json } from '../../functions/kube/json.ts';
import { formatQuantity, parseQuantity } from '../../functions/kube/quantity.ts';
import { agreeOn } from './agree-on.ts';
import type { Family } from './family.ts';
import { type AffinityQuestion, answerAffinity } from './kubefleet-affinity.ts';
import { answerPicking, type PickingQuestion } from './kubefleet-picking.ts';
import { answerSpread, type SpreadQuestion } from './kubefleet-spread.ts';

type TaintsQuestion = {
  op: 'taints';
  taints: readonly Taint[];
  tolerations: readonly (Omit<Toleration, 'effect'> & { readonly effect: NonNullable<Toleration['effect']> | '' })[];
};

const agree = agreeOn('unscheduled');

/** Spread, affinity, taints, picking and giving up. */
export const kubefleetPlacement: Family = {
  name: 'kubefleet-placement',
  answer: (input) => answer(input as unknown as TaintsQuestion | SpreadQuestion | AffinityQuestion | PickingQuestion),
  agrees: (expected, given) => agree(inCanonicalQuantities(expected), inCanonicalQuantities(given)),
};

function answer(question: TaintsQuestion | SpreadQuestion | AffinityQuestion | PickingQuestion): Json {
  switch (question.op) {
    case 'taints':
      return judgeTaints(question);
    case 'spreadCount':
    case 'skew':
    case 'spread':
    case 'classifyConstraints':
      return answerSpread(question);
    case 'resourceUsage':
    case 'property':
    case 'requirement':
    case 'filter':
    case 'preference':
    case 'score':
    case 'interpolate':
    case 'extremes':
      return answerAffinity(question);
    default:
      return answerPicking(question);
  }
}

/** An operator left empty is handed on as it is: it fits nothing on either side, while one left out would mean Equal. */
function judgeTaints({ taints, tolerations }: TaintsQuestion): Json {
  const known = tolerations.map(({ effect, ...rest }): Toleration => (effect === '' ? rest : { ...rest, effect }));
  const repelling = repellingTaint(taints, known, 0, { isPresent: false });
  if (repelling === undefined) return { tolerated: true };
  const { key, value = '', effect } = repelling;
  return { tolerated: false, firstUntolerated: { key, value, effect } };
}

/** Quantities are the same however they are written (1024Mi is 1Gi), and so are extremes that are null and none at all. */
function inCanonicalQuantities(answer: Json): Json {
  if (!isJsonObject(answer)) return answer;
  const { value, extremes } = answer;
  return {
    ...answer,
    ...(value !== undefined && { value: canonical(value) }),
    ...(isJsonObject(extremes) && { extremes: Object.fromEntries(Object.entries(extremes).flatMap(knownRange)) }),
  };
}

function knownRange([property, range]: [string, Json | undefined]): [string, Json][] {
  if (!isJsonObject(range) || typeof range['min'] !== 'string') return [];
  return [[property, { min: canonical(range['min']), max: canonical(range['max']) }]];
}

function canonical(text: Json | undefined): Json {
  const quantity = typeof text === 'string' ? parseQuantity(text).value : undefined;
  return quantity === undefined ? (text ?? null) : formatQuantity(quantity);
}
