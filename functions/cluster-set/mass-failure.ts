import type { ClusterSetSpec, ClusterSetStatus, Member } from '../generated/types.ts';
import { formatTimestamp } from '../kube/timestamp.ts';
import type { FunctionCondition, Instant } from '../runtime/composition-function.ts';

/** Clusters that turned unhealthy at once, as a ClusterSet tells of them. */
export type MassFailure = NonNullable<ClusterSetStatus['massFailure']>;

/**
 * Returns the mass failure of a ClusterSet: more than a share of its members, and at least a few, turned unhealthy within a
 * short time. It ends by itself when no longer so many of them are unhealthy, and is remembered until the others are well or
 * were unhealthy before it, for their ill health counts anew from its end.
 */
export function findMassFailure(
  members: readonly Member[],
  before: MassFailure | undefined,
  { percent = 50, minimum = 3, windowSeconds = 300, letGo }: NonNullable<ClusterSetSpec['massFailure']>,
  now: Instant,
): MassFailure | undefined {
  const times = members.flatMap(({ healthy, healthChangedAt }) =>
    healthy || healthChangedAt === undefined ? [] : [Date.parse(healthChangedAt)],
  );
  const unhealthy = mostWithin(times, windowSeconds * 1000);
  const lasts = before !== undefined && before.endedAt === undefined;
  if (unhealthy >= minimum && unhealthy * 100 > percent * members.length) {
    const since = lasts ? before.since : formatTimestamp(now);
    const isLetGo = letGo !== undefined && Date.parse(letGo) === Date.parse(since);
    return { since, unhealthy, members: members.length, ...(isLetGo && { isLetGo }) };
  }
  if (before === undefined || before.isLetGo === true) return undefined;
  const endedAt = before.endedAt ?? formatTimestamp(now);
  return times.some((time) => time < Date.parse(endedAt)) ? { ...before, endedAt } : undefined;
}

/** Returns how many of some times at most lie within a span of each other. */
function mostWithin(times: readonly Instant[], spanMs: number): number {
  const sorted = times.toSorted((a, b) => a - b);
  let [first, most] = [0, 0];
  for (const [index, time] of sorted.entries()) {
    while (time - (sorted[first] ?? time) > spanMs) first += 1;
    most = Math.max(most, index - first + 1);
  }
  return most;
}

/** Tells whether clusters do not fail over because of a mass failure. */
export function holdsFailover(failure: MassFailure | undefined): boolean {
  return failure !== undefined && failure.endedAt === undefined && failure.isLetGo !== true;
}

/** Returns a mass failure in a sentence, for the conditions of the ClusterSet and of what runs on its clusters. */
export function explainMassFailure({ unhealthy, members }: MassFailure, clusterSet: string): string {
  return `${unhealthy} of ${members} clusters of ClusterSet ${clusterSet} turned unhealthy at about the same time; the hub is more likely cut off than they are, so nothing fails over until enough are healthy again`;
}

/** Returns the condition that says whether clusters failed at once, and what follows; none for a ClusterSet that never had it. */
export function massFailureConditions(
  failure: MassFailure | undefined,
  clusterSet: string,
  hadIt: boolean,
): readonly FunctionCondition[] {
  const type = 'MassFailure';
  if (failure === undefined) return hadIt ? [{ type, status: 'False', reason: 'None', message: '' }] : [];
  const { since, endedAt, isLetGo, unhealthy, members } = failure;
  if (endedAt !== undefined) {
    const message = `ended at ${endedAt}; clusters that are still unhealthy fail over as if they had become so then`;
    return [{ type, status: 'False', reason: 'Ended', message }];
  }
  if (isLetGo === true) {
    const message = `${unhealthy} of ${members} clusters turned unhealthy at about the same time; somebody let go, so they fail over`;
    return [{ type, status: 'False', reason: 'LetGo', message }];
  }
  const help = `if they really are down, set spec.massFailure.letGo to ${since}`;
  return [
    { type, status: 'True', reason: 'FailoverHeld', message: `${explainMassFailure(failure, clusterSet)}; ${help}` },
  ];
}
