import type { Judge } from '../judge.ts';
import { findDeadEnd, type Rule } from '../wave-course.ts';

/** Returns a judge who finds the first cluster whose beginning breaks a rule in every distribution to waves that is possible without the rule. */
export function byWaveRule(promise: string, whyNot: Rule['whyNot'], more: Pick<Rule, 'inTurnOnly'> = {}): Judge {
  const rule = { whyNot, ...more };
  return (timeline, rollout) => {
    const end = findDeadEnd(timeline, rollout, [rule]);
    if (end === undefined) return [];
    const without = findDeadEnd(timeline, rollout, []);
    if (without !== undefined && without.begin.at <= end.begin.at) return [];
    return [{ at: end.begin.at, promise, about: '', says: `${end.begin.cluster} began, but ${end.why}` }];
  };
}
