import { type Candidate, isNamedIn } from '../clusters/cluster-facts.ts';
import { formatTimestamp } from '../kube/timestamp.ts';
import type { Instant } from '../runtime/composition-function.ts';
import type { Departure } from './filters/filter.ts';
import { whyPaused } from './filters/pause-filter.ts';
import type { Present } from './placement.ts';
import type { PlacementPolicy } from './policy.ts';
import { configOf } from './read-inventory.ts';

/** How firmly a cluster that runs the composite keeps its place. */
export type Standing =
  /** It stays; `until` is when that is looked at again. One that is pinned stays whatever else is wanted. */
  | { readonly kind: 'Holds'; readonly note?: string; readonly until?: Instant; readonly isPinned?: true }
  /** It stays unless another cluster can take its place, and leaves at the latest at the deadline once one does. */
  | { readonly kind: 'Replaceable'; readonly reason: string; readonly since: Instant; readonly deadline: Instant }
  /** It has to leave, at the latest at the deadline. */
  | { readonly kind: 'Due'; readonly reason: string; readonly since: Instant; readonly deadline: Instant }
  /** It leaves at once. */
  | { readonly kind: 'Released'; readonly reason: string };

/**
 * Returns the standing of a cluster that runs the composite. One that is paused stays; another leaves at once only when somebody excluded it by name or its
 * set was read and does not list it; a question that cannot be answered never makes it leave.
 */
export function standingOf(
  present: Present,
  candidate: Candidate | undefined,
  policy: PlacementPolicy,
  now: Instant,
): Standing {
  const { cluster } = present;
  const paused = candidate === undefined ? undefined : whyPaused(candidate);
  if (paused !== undefined) return { kind: 'Holds', note: paused, isPinned: true };
  if (isNamedIn(policy.excluded, candidate?.facts ?? { name: cluster }))
    return { kind: 'Released', reason: 'excluded by name' };
  if (candidate === undefined) return unlisted(present, policy, now);
  const departures = policy.filters.flatMap((filter) => filter.running?.(candidate) ?? []);
  const doubt = departures.find(({ because }) => because === 'error');
  if (doubt !== undefined) return { kind: 'Holds', note: doubt.reason };
  const [first] = departures.toSorted((a, b) => a.dueAt - b.dueAt);
  if (first !== undefined) return departing(first, policy, now);
  return candidate.isHealthy ? { kind: 'Holds' } : unhealthy(candidate, policy, now);
}

function unlisted(
  { clusterSet: { namespace, name }, providerConfig }: Present,
  { readableSets, listedConfigs }: PlacementPolicy,
  now: Instant,
): Standing {
  if (providerConfig !== undefined && listedConfigs?.has(configOf({ providerConfig })) === true)
    return { kind: 'Holds', note: 'it is listed under a name that another cluster has in another ClusterSet' };
  const set = readableSets.find((each) => each.namespace === namespace && each.name === name);
  if (set === undefined) return { kind: 'Holds', note: 'its ClusterSet cannot be read' };
  const { tellsFrom: until } = set;
  if (until === undefined || until <= now) return { kind: 'Released', reason: 'no longer a member of its ClusterSet' };
  return {
    kind: 'Holds',
    note: `its ClusterSet is new and does not list it; leaves at ${formatTimestamp(until)}`,
    until,
  };
}

function departing(
  { reason, dueAt, givesWay }: Departure,
  { evictionDeadlineMs }: PlacementPolicy,
  now: Instant,
): Standing {
  if (givesWay === true) return { kind: 'Released', reason };
  if (dueAt > now) {
    const when = Number.isFinite(dueAt)
      ? { note: `${reason}; leaves at ${formatTimestamp(dueAt)}`, until: dueAt }
      : { note: reason };
    return { kind: 'Holds', ...when };
  }
  return { kind: 'Due', reason, since: dueAt, deadline: dueAt + evictionDeadlineMs };
}

function unhealthy({ healthChangedAt: since }: Candidate, policy: PlacementPolicy, now: Instant): Standing {
  const { failoverAfterMs, evictionDeadlineMs } = policy;
  if (since === undefined) return { kind: 'Holds', note: 'unhealthy' };
  const reason = `unhealthy since ${formatTimestamp(since)}`;
  if (failoverAfterMs === undefined) return { kind: 'Holds', note: reason };
  const until = since + failoverAfterMs;
  if (until > now) return { kind: 'Holds', note: reason, until };
  return { kind: 'Replaceable', reason, since, deadline: until + evictionDeadlineMs };
}
