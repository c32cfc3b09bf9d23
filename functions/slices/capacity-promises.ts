import type { Assignment, CapacityPromises } from '../generated/types.ts';
import { formatQuantity, parseQuantity, type QuantityFormat } from '../kube/quantity.ts';
import { formatTimestamp } from '../kube/timestamp.ts';
import type { Instant } from '../runtime/composition-function.ts';

/** What one cluster was promised, in units of 10^-9. */
export interface CapacityPromise {
  readonly promised: bigint;
  /** What of it the report of the cluster contains already. */
  readonly reported: bigint;
  readonly since: Instant;
}

/** By what is told how much replicas take, and which clusters have reported what they were promised. */
export type PromiseTerms = {
  readonly property: string;
  /** What one replica takes, as a quantity. */
  readonly perReplica: string;
  readonly ownerCreatedAt?: string;
  /** Clusters whose report contains all that they were promised when that was looked at. */
  readonly reported: readonly string[];
};

/** Returns what the clusters of a slice were promised, in the property that is asked for; what cannot be read was not promised. */
export function readPromises(
  promises: CapacityPromises | undefined,
  property: string,
): ReadonlyMap<string, CapacityPromise> {
  if (promises?.property !== property) return new Map();
  return new Map(
    promises.clusters.map(({ cluster, promised, reported, since }) => [
      cluster,
      { promised: amountOf(promised), reported: amountOf(reported), since: Date.parse(since) },
    ]),
  );
}

/** Returns how much of a promise no report contains yet. */
export function pendingOf({ promised, reported }: CapacityPromise): bigint {
  return promised > reported ? promised - reported : 0n;
}

/** Returns what the replicas of an entry take, in units of 10^-9. */
export function amountTaken(replicas: Assignment['replicas'], each: bigint): bigint {
  return Object.values(replicas ?? {}).reduce((sum, count) => sum + BigInt(count) * each, 0n);
}

/**
 * Returns the promises of a slice after its entries were written. What is promised anew is no part of any report yet; an
 * entry that stood before anybody kept account counts as reported. Nothing when no replicas stand in the slice.
 */
export function nextPromises(
  before: CapacityPromises | undefined,
  standing: readonly Assignment[],
  assignments: readonly Assignment[],
  terms: PromiseTerms,
  now: Instant,
): CapacityPromises | undefined {
  const { property, perReplica, ownerCreatedAt } = terms;
  const each = parseQuantity(perReplica).value ?? { nano: 0n, format: 'DecimalSI' as const };
  const known = readPromises(before, property);
  const stood = new Map(standing.map((entry) => [entry.cluster, entry]));
  const clusters = assignments
    .filter(({ replicas }) => replicas !== undefined)
    .map((entry) => {
      const { cluster } = entry;
      const promised = amountTaken(entry.replicas, each.nano);
      const last = known.get(cluster) ?? unrecorded(stood.get(cluster), each.nano, now);
      const reported = terms.reported.includes(cluster) ? last.promised : last.reported;
      const since = last.promised === promised ? last.since : now;
      return {
        cluster,
        promised: textOf(promised, each.format),
        reported: textOf(reported, each.format),
        since: formatTimestamp(since),
      };
    });
  if (clusters.length === 0) return undefined;
  return { property, ...(ownerCreatedAt !== undefined && { ownerCreatedAt }), clusters };
}

function unrecorded(entry: Assignment | undefined, each: bigint, now: Instant): CapacityPromise {
  const amount = amountTaken(entry?.replicas, each);
  return { promised: amount, reported: amount, since: now };
}

function amountOf(text: string): bigint {
  return parseQuantity(text).value?.nano ?? 0n;
}

function textOf(nano: bigint, format: QuantityFormat): string {
  return formatQuantity({ nano, format });
}
