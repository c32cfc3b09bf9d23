import type { Assignment, AssignmentStatus } from '../generated/types.ts';
import type { HealthRules } from '../health/health-rules.ts';
import { proves } from '../health/proves.ts';
import { formatProblem } from '../kube/problem.ts';
import { shorten } from '../kube/shorten.ts';
import { formatTimestamp } from '../kube/timestamp.ts';
import type { CompiledRevision } from '../revision/compile-revision.ts';
import type { DesiredResource, Instant } from '../runtime/composition-function.ts';
import { entryHash, entryKey } from '../slices/placed-assignment.ts';
import { heedInventory, type UnhealthyCluster } from '../slices/unhealthy-clusters.ts';
import { clusterObjects, type SliceIdentity, type WantedObject } from './cluster-objects.ts';
import { healthyReplicas } from './healthy-replicas.ts';
import { type ObjectHealth, objectHealth } from './object-health.ts';
import { type ObservedObject, providerConfigOf, reemit } from './observed-objects.ts';

/** All that a delivery is decided from. */
export interface DeliveryFacts {
  readonly slice: SliceIdentity;
  readonly assignments: readonly Assignment[];
  /** The Revisions that were given; one that is missing is normal: a first call, a deletion, another order of applying. */
  readonly revisions: ReadonlyMap<string, CompiledRevision>;
  /** By the key of their entry. */
  readonly observed: ReadonlyMap<string, readonly ObservedObject[]>;
  /** How many Objects of a leaving cluster still exist, terminating ones included, by the key of the entry; absent while not looked up. */
  readonly remaining: ReadonlyMap<string, number>;
  /** Clusters that the inventory calls unhealthy: their objects stay as they are, and none of them counts as healthy. */
  readonly unhealthy: readonly UnhealthyCluster[];
  /** The last report: only its times are read, to tell since when a phase has lasted. */
  readonly reported: readonly AssignmentStatus[];
  /** How health is told; Crossply's own rules when left out. */
  readonly rules?: HealthRules;
  readonly now: Instant;
}

/** The Objects a slice should have and how each of its clusters fares. */
export interface Delivery {
  readonly resources: ReadonlyMap<string, DesiredResource>;
  /** Sorted by cluster name. */
  readonly report: readonly AssignmentStatus[];
  /** When time alone decides next: something that says nothing of its health is taken for healthy. */
  readonly nextDecisionAt?: Instant;
}

type ClusterDelivery = {
  readonly resources: Iterable<readonly [string, DesiredResource]>;
  readonly status: Untimed;
  readonly decidesAt?: Instant;
};

/** A report without the times since when it holds. */
type Untimed = Omit<AssignmentStatus, 'since' | 'movingSince' | 'healthyReplicas'>;

/** What a report says of the entry it speaks of. */
type Entry = Pick<AssignmentStatus, 'cluster' | 'key' | 'entry' | 'revision' | 'sequence'>;

const maxMessages = 3;
const maxMessageLength = 300;

/** Worst first: what a cluster's phase is when its Objects differ. */
const severity: readonly ObjectHealth['phase'][] = ['Unreachable', 'Failed', 'Applying', 'Unhealthy', 'Healthy'];

/** Returns what to deliver for every cluster of a slice. Only a Leaving entry ever takes Objects away; anything unclear keeps them. */
export function deliver(facts: DeliveryFacts): Delivery {
  const known = new Set(facts.assignments.map(entryKey));
  const strays = [...facts.observed.keys()].filter((key) => !known.has(key)).sort();
  const unhealthy = new Map(facts.unhealthy.map((each) => [each.cluster, each]));
  const deliveries = [
    ...facts.assignments.map((assignment) => deliverCluster(assignment, facts)),
    ...strays.map((key) => keepStray(key, facts)),
  ];
  const decisions = deliveries.flatMap(({ decidesAt }) => decidesAt ?? []);
  return {
    ...(decisions.length > 0 && { nextDecisionAt: Math.min(...decisions) }),
    resources: new Map(deliveries.flatMap(({ resources }) => [...resources])),
    report: deliveries
      .map(({ status }) => heedInventory(status, unhealthy.get(status.cluster)))
      .map((status) => ({ ...status, ...timesOf(status, facts), ...healthyReplicas(status, facts) }))
      .sort((a, b) => (a.cluster < b.cluster ? -1 : 1)),
  };
}

function deliverCluster(assignment: Assignment, facts: DeliveryFacts): ClusterDelivery {
  const { cluster, key, revision, state } = assignment;
  const observed = facts.observed.get(entryKey(assignment)) ?? [];
  const before = facts.reported.find((each) => entryKey(each) === entryKey(assignment));
  const sequence = Math.max(assignment.sequence ?? 0, before?.sequence ?? 0);
  const entry = {
    ...{ cluster, ...(key !== undefined && { key }), entry: entryHash(assignment), revision },
    ...(sequence > 0 && { sequence }),
  };
  if (isOutdated(assignment, before)) return keepOvertaken(entry, observed, before);
  if (state === 'Leaving') return leaveCluster(entry, observed, facts.remaining.get(entryKey(assignment)));
  const compiled = facts.revisions.get(revision);
  if (compiled === undefined) {
    return {
      resources: observed.map(reemit),
      status: {
        ...entry,
        phase: 'Waiting',
        objects: countOnly(observed),
        messages: [`revision ${revision} is not there yet; what runs is kept`],
      },
    };
  }
  const wanted = clusterObjects(assignment, compiled, facts.slice, observed, facts.rules);
  if (wanted.problems !== undefined) {
    const messages = wanted.problems
      .slice(0, maxMessages)
      .map((problem) => shorten(formatProblem(problem), maxMessageLength));
    return {
      resources: observed.map(reemit),
      status: { ...entry, phase: 'Failed', objects: countOnly(observed), messages },
    };
  }
  return applyObjects(wanted.value, entry, facts);
}

function applyObjects(wanted: readonly WantedObject[], entry: Entry, { now, rules }: DeliveryFacts): ClusterDelivery {
  const healths = wanted.map((object) => ({
    object,
    health: objectHealth(object.observed, object.content, now, rules),
  }));
  const phase = severity.find((each) => healths.some(({ health }) => health.phase === each)) ?? 'Healthy';
  const messages = healths
    .filter(({ health }) => health.message !== undefined)
    .sort((a, b) => severity.indexOf(a.health.phase) - severity.indexOf(b.health.phase))
    .slice(0, maxMessages)
    .map(({ object, health }) => shorten(`${object.title}: ${health.message}`, maxMessageLength));
  const ready = healths.filter(({ health }) => health.phase === 'Healthy').length;
  const decisions = healths.flatMap(({ health }) => health.decidesAt ?? []);
  const judged = healths.flatMap(({ health }) => health.judged ?? []);
  return {
    ...(decisions.length > 0 && { decidesAt: Math.min(...decisions) }),
    resources: healths.map(({ object, health }) => [
      object.key,
      { resource: object.resource, ready: health.phase === 'Healthy' },
    ]),
    status: {
      ...{ ...entry, phase, objects: { desired: wanted.length, ready }, messages },
      proves: judged.length === wanted.length && proves(judged, rules),
    },
  };
}

/** Stops emitting a cluster's Objects, and says it has left only when none exists any more, terminating ones included. */
function leaveCluster(
  entry: Entry,
  observed: readonly ObservedObject[],
  remaining: number | undefined,
): ClusterDelivery {
  const left = Math.max(observed.length, remaining ?? 0);
  const hasLeft = remaining === 0 && observed.length === 0;
  const messages = hasLeft || remaining === undefined ? [] : [`leaving: ${left} objects are not gone yet`];
  return {
    resources: [],
    status: {
      ...entry,
      phase: hasLeft ? 'Left' : 'Leaving',
      objects: { desired: 0, ready: 0, remaining: left },
      messages,
    },
  };
}

/**
 * Tells whether an entry comes from an outdated read: its sequence is lower than what was delivered, or it would bring back
 * with the same one what has begun to leave. Following it would take the cluster back for a moment.
 */
function isOutdated({ sequence = 0, state }: Assignment, before: AssignmentStatus | undefined): boolean {
  const delivered = before?.sequence ?? 0;
  const hasBegunToLeave = before?.phase === 'Leaving' || before?.phase === 'Left';
  return delivered > sequence || (delivered === sequence && delivered > 0 && hasBegunToLeave && state === 'Assigned');
}

function keepOvertaken(
  entry: Entry,
  observed: readonly ObservedObject[],
  before: AssignmentStatus | undefined,
): ClusterDelivery {
  const isLeaving = before?.phase === 'Leaving' || before?.phase === 'Left';
  if (isLeaving) return { resources: [], status: renamed(before, entry) };
  const messages = ['an older entry was written over a newer one; what runs is kept until it is set anew'];
  return {
    resources: observed.map(reemit),
    status: { ...entry, phase: 'Waiting', objects: countOnly(observed), messages },
  };
}

/** What was reported before, under the name that the cluster has now. */
function renamed({ cluster: _, key: __, ...report }: AssignmentStatus, { cluster, key }: Entry): Untimed {
  return { ...report, cluster, ...(key !== undefined && { key }) };
}

/** A cluster without an entry did not leave in two steps, so its entry got lost: its Objects stay until it is found again. */
function keepStray(key: string, { observed: all, reported }: DeliveryFacts): ClusterDelivery {
  const observed = all.get(key) ?? [];
  const before = reported.find((each) => entryKey(each) === key);
  const providerConfig = observed.map(({ object }) => providerConfigOf(object)).find((config) => config !== undefined);
  return {
    resources: observed.map(reemit),
    status: {
      cluster: before?.cluster ?? key,
      ...(before?.key !== undefined && { key: before.key }),
      ...(providerConfig !== undefined && { providerConfig }),
      entry: '',
      revision: before?.revision ?? '',
      ...(before?.sequence !== undefined && { sequence: before.sequence }),
      phase: 'Stray',
      objects: countOnly(observed),
      messages: ['no assignment names this cluster; its objects are kept'],
    },
  };
}

function countOnly(observed: readonly ObservedObject[]): AssignmentStatus['objects'] {
  return { desired: observed.length, ready: 0 };
}

/** Since when the phase has lasted, and since when the cluster has been on its way to being healthy with the entry: both are read from the last report of the same entry. */
function timesOf(
  { cluster, key = cluster, entry, phase }: Untimed,
  { reported, now }: DeliveryFacts,
): Pick<AssignmentStatus, 'since' | 'movingSince'> {
  const before = reported.find((each) => entryKey(each) === key && each.entry === entry);
  const since = before?.phase === phase ? before.since : formatTimestamp(now);
  const isSettled = phase === 'Healthy' || phase === 'Leaving' || phase === 'Left' || phase === 'Stray';
  return isSettled ? { since } : { since, movingSince: before?.movingSince ?? formatTimestamp(now) };
}
