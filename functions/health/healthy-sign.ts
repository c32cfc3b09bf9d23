import { signsBefore } from './common-signs.ts';
import type { HealthRule, Sign } from './health-rule.ts';
import { allOf, not } from './signs.ts';

/**
 * Returns the sign by which a rule calls an object healthy, as one expression. One that is silent is healthy by it: since when,
 * is what its silence is counted from.
 */
export function healthySign(rule: HealthRule): Sign {
  const { progressing, failed, healthy, silence } = rule;
  const fine = silence === undefined ? [healthy] : [healthy, silence.sign];
  const against = [...signsBefore(rule).map(({ sign }) => sign), failed, progressing];
  const contradictions = against.flatMap((sign) => (sign === undefined ? [] : [not(sign)]));
  return allOf(...contradictions, ...(fine.includes('true') ? [] : [`(${fine.join(' || ')})`]));
}
