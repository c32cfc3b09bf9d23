import { signsBefore } from './common-signs.ts';
import type { HealthRule, Sign } from './health-rule.ts';
import { otherKinds } from './other-kinds.ts';
import { allOf, not } from './signs.ts';

/**
 * Returns the sign by which a rule calls an object healthy, as one expression. One of a kind that nobody has described is
 * healthy by it while it is silent: since when, is what its silence is counted from.
 */
export function healthySign(rule: HealthRule): Sign {
  const { progressing, failed, healthy } = rule;
  const against = [...signsBefore(rule).map(({ sign }) => sign), failed, progressing];
  const contradictions = against.flatMap((sign) => (sign === undefined ? [] : [not(sign)]));
  return allOf(...contradictions, ...(rule === otherKinds || healthy === 'true' ? [] : [`(${healthy})`]));
}
