import { hasFailed, wasHealthyWithin } from '../cluster-health.ts';
import type { Judge } from '../judge.ts';
import { policySteps } from '../policy-steps.ts';
import { isAway } from '../reach.ts';
import { shareOf } from '../share.ts';
import { during } from '../steps.ts';

/** Finds clusters that joined while as many others as may were still joining. */
export const maxJoining: Judge = (timeline, rollout) => {
  const { line, joins } = rollout;
  const all = Math.max(timeline.clusters.size, line.standing.size);
  return joins
    .flatMap((join, index) => {
      const policies = during(policySteps(timeline, line), join.decidedFrom, join.at).map(({ value }) => value);
      const limit = Math.max(1, ...policies.map((policy) => shareOf(policy.maxJoining, all, 1)));
      const deadlineMs = Math.max(...policies.flatMap(({ waves }) => waves.map((wave) => wave.deadlineMs)));
      const onTheirWay = joins
        .slice(0, index)
        .filter(
          ({ cluster, at }) =>
            !wasHealthyWithin(rollout, cluster, Math.max(at, join.at - timeline.lagMs), join.at) &&
            !hasFailed(rollout, cluster, deadlineMs, join.at + timeline.lagMs) &&
            !isAway(timeline, cluster, join.at),
        );
      if (onTheirWay.length < limit) return [];
      const names = onTheirWay.map(({ cluster }) => cluster).join(', ');
      const says = `${join.cluster} joined while ${names} had not got healthy, and ${limit} may join at once`;
      return [{ at: join.at, promise: 'no more join at once than maxJoining', about: '', says }];
    })
    .slice(0, 1);
};
