import { canonicalJson } from '../../functions/kube/canonical-json.ts';
import type { Json } from '../../functions/kube/json.ts';
import type { Deviation } from './deviations.ts';
import type { Case, Family } from './family.ts';

/** What came of one case: our answer and, when it differs on purpose, why; or why it is no question for us. */
export type Outcome =
  | { readonly of: Case; readonly result: 'agree' }
  | { readonly of: Case; readonly result: 'deviation'; readonly given: Json; readonly deviation: Deviation }
  | { readonly of: Case; readonly result: 'disagree'; readonly given: Json }
  | { readonly of: Case; readonly result: 'unmapped'; readonly reason: string };

/** Puts every case to its family. A question that our side cannot answer disagrees, with the error as our answer. */
export function runCases(cases: readonly Case[], family: Family, deviations: readonly Deviation[]): readonly Outcome[] {
  const listed = deviations.filter((deviation) => deviation.family === family.name);
  return cases.map((of) => runCase(of, family, listed));
}

function runCase(of: Case, family: Family, listed: readonly Deviation[]): Outcome {
  const reason = family.unmapped?.(of.input);
  if (reason !== undefined) return { of, result: 'unmapped', reason };
  const given = answerOrError(of, family);
  const agrees = family.agrees ?? ((expected, ours) => canonicalJson(expected) === canonicalJson(ours));
  if (agrees(of.expected, given)) return { of, result: 'agree' };
  const deviation = listed.find(({ matches }) => matches(of));
  return deviation === undefined ? { of, result: 'disagree', given } : { of, result: 'deviation', given, deviation };
}

function answerOrError({ input }: Case, family: Family): Json {
  try {
    return family.answer(input) ?? { thrown: 'no answer: the question is not one of the family' };
  } catch (error) {
    return { thrown: String(error) };
  }
}
