import { sayAt } from '../duration.ts';
import { listAt, textAt } from '../json-field.ts';
import { judgeLine } from '../judge.ts';
import { type Leave, leavesOf } from '../leave.ts';
import { policySteps } from '../policy-steps.ts';
import { isAway } from '../reach.ts';
import { shareOf } from '../share.ts';
import { at, during, heldSince } from '../steps.ts';
import { type CompositeLine, nothing, type Timeline } from '../timeline.ts';

/** Finds clusters that were left together with more others than may be without an Approval. */
export const fewLeaveAtOnce = judgeLine((timeline, line) => {
  const leaves = leavesOf(timeline, line).filter(
    (leave) => !isApproved(timeline, line, leave) && !wasLost(timeline, leave),
  );
  return leaves
    .flatMap((leave) => {
      const others = leaves.filter((each) => each !== leave && each.at <= leave.at && each.goneAt >= leave.at);
      const limit = limitAt(timeline, line, leave);
      if (others.length + 1 <= limit) return [];
      const names = [...others.map(({ cluster }) => cluster), leave.cluster].sort().join(', ');
      const says = `${names} were left at ${sayAt(leave.at)}, and ${limit} may be at once without an Approval`;
      return [{ at: leave.at, promise: 'no more leave at once than maxRemovals', about: '', says }];
    })
    .slice(0, 1);
});

/** Finds a cluster that was left while none that stayed was healthy, though it was itself. */
export const lastHealthyStays = judgeLine((timeline, line) => {
  const leaves = leavesOf(timeline, line);
  return leaves.flatMap((leave) => {
    const span = [leave.decidedFrom, leave.at] as const;
    const wasHealthy = heldSince(
      line.standing.get(leave.cluster) ?? [],
      leave.at - 1,
      (each) => each.content !== '' && each.isHealthy,
    );
    if (wasHealthy === undefined || isAway(timeline, leave.cluster, leave.at)) return [];
    const stays = [...line.standing].filter(([cluster]) => {
      return (
        cluster !== leave.cluster &&
        !leaves.some((each) => each.cluster === cluster && each.at <= leave.at && each.goneAt >= leave.decidedFrom)
      );
    });
    const isSafe = stays.some(([, steps]) =>
      during(steps, ...span).some(({ value }) => value.content !== '' && value.isHealthy),
    );
    if (isSafe) return [];
    return [
      {
        at: leave.at,
        promise: 'the last healthy cluster stays',
        about: '',
        says: `${leave.cluster} was left while nothing else was healthy`,
      },
    ];
  });
});

function limitAt(timeline: Timeline, line: CompositeLine, leave: Leave): number {
  const total = [...line.standing.values()].filter(
    (steps) => (at(steps, leave.at - 1) ?? nothing).content !== '',
  ).length;
  const policies = during(policySteps(timeline, line), leave.decidedFrom, leave.at);
  const limits = policies.map(({ value: { maxRemovals } }) =>
    maxRemovals === 0 ? 0 : Math.max(1, shareOf(maxRemovals, total, 1)),
  );
  return Math.max(0, ...limits);
}

function isApproved({ approvals }: Timeline, line: CompositeLine, leave: Leave): boolean {
  return approvals.some(
    ({ spec, namespace, from }) =>
      namespace === line.namespace &&
      textAt(spec, 'for', 'name') === line.name &&
      textAt(spec, 'for', 'kind') === line.kind &&
      listAt(spec, 'removals').includes(leave.cluster) &&
      from <= leave.at,
  );
}

/** A cluster that could not be reached when it was given up is cleaned up when it is back: nobody is served by it any more. */
function wasLost(timeline: Timeline, leave: Leave): boolean {
  const profile = timeline.clusters.get(leave.cluster)?.profile ?? [];
  return (
    isAway(timeline, leave.cluster, leave.decidedFrom + timeline.lagMs) ||
    during(profile, leave.decidedFrom, leave.at).some(({ value }) => value?.isHealthy === false)
  );
}
