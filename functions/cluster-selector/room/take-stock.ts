import type { Candidate, ClusterFacts } from '../../clusters/cluster-facts.ts';
import type { Instant } from '../../runtime/composition-function.ts';
import { amountTaken, type CapacityPromise, pendingOf } from '../../slices/capacity-promises.ts';
import type { Present } from '../placement.ts';
import { isReported, reportSettlesAt } from './is-reported.ts';
import { comesBefore, type OtherPromise, type PromiseOwner } from './other-promises.ts';
import type { RoomRule } from './room-rule.ts';

/** Returns how many more replicas fit on a cluster; nothing when it does not say. */
export type RoomOf = (cluster: ClusterFacts) => number | undefined;

/** What room there is, when everything that was promised is counted once. */
export interface Stock {
  /** Replicas that fit beside what is held: what was promised after the report, to whomever, is taken off it, and what the composite itself gave up since is added. */
  readonly roomOf: RoomOf;
  /** The most replicas that a cluster may keep where another composite was promised the room before; nothing where all may stay. */
  readonly keepsOf: (cluster: string) => number | undefined;
  /** Replicas that a cluster holds and has no room for, as far as that is known. */
  readonly lackOf: (cluster: string) => number;
  /** Clusters whose report contains all that they were promised, sorted. */
  readonly reported: readonly string[];
  /** When time alone makes a report contain what was promised. */
  readonly nextDecisionAt?: Instant;
}

/** What stock is taken of. */
export interface StockFacts {
  readonly rule: RoomRule;
  readonly candidates: readonly Candidate[];
  readonly present: readonly Present[];
  readonly others: readonly OtherPromise[];
  readonly owner: PromiseOwner;
  /** The revision that all clusters are to have, as it was last told; replicas of another one may yet grow. */
  readonly revision?: string;
  readonly now: Instant;
}

/** Returns what room there is: between two reports, what was promised counts as taken and the figure as it was before. */
export function takeStock({ rule, candidates, present, others, owner, revision, now }: StockFacts): Stock {
  const known = new Map(candidates.map((candidate) => [candidate.facts.name, candidate]));
  const claims = Map.groupBy(others, ({ cluster }) => cluster);
  const room = new Map<string, bigint>();
  const keeps = new Map<string, number>();
  const lacks = new Map<string, number>();
  const reported: string[] = [];
  const times: Instant[] = [];
  for (const [cluster, theirs] of claims) room.set(cluster, -sum(theirs));
  for (const entry of present) {
    const { cluster } = entry;
    const candidate = known.get(cluster);
    const reportedAt = timeOf(candidate, rule.property);
    const amount = amountTaken(entry.replicas, rule.each);
    const promise = promiseOf(entry, amount, now);
    const isCurrent = revision === undefined || entry.revision === undefined || entry.revision === revision;
    const report = {
      promisedAt: promise.since,
      ...(entry.readySince !== undefined && isCurrent && { readySince: entry.readySince }),
      ...(reportedAt !== undefined && { reportedAt }),
    };
    const settlesAt = reportSettlesAt(report);
    if (isReported(report, now)) reported.push(cluster);
    else if (settlesAt !== undefined && pendingOf(promise) > 0n) times.push(settlesAt);
    const pending = isReported(report, now) ? 0n : pendingOf(promise);
    const theirs = claims.get(cluster) ?? [];
    const hasNewFigure = reportedAt !== undefined && reportedAt > promise.since;
    const givenUp = hasNewFigure || pending > 0n ? 0n : promise.reported - promise.promised;
    room.set(cluster, (room.get(cluster) ?? 0n) + (givenUp > 0n ? givenUp : 0n) - pending);
    const free = candidate === undefined ? undefined : rule.freeOn(candidate.facts);
    if (free === undefined || pending === 0n || entry.isHealthy || hasNewFigure || entry.leaving) continue;
    const before = sum(theirs.filter((each) => each.isHealthyThere || comesBefore(each.owner, owner)));
    const left = free > before ? free - before : 0n;
    if (pending <= left) continue;
    const fit = Number((amount - pending + left) / rule.each);
    if (before > 0n) keeps.set(cluster, fit);
    else lacks.set(cluster, Number(amount / rule.each) - fit);
  }
  return {
    roomOf(cluster) {
      const free = rule.freeOn(cluster);
      if (free === undefined) return undefined;
      const left = free + (room.get(cluster.name) ?? 0n);
      return left <= 0n ? 0 : Number(left / rule.each);
    },
    keepsOf: (cluster) => keeps.get(cluster),
    lackOf: (cluster) => lacks.get(cluster) ?? 0,
    reported: reported.sort(),
    ...(times.length > 0 && { nextDecisionAt: Math.min(...times) }),
  };
}

/** An entry of which nobody kept account counts as reported; one that takes another amount than was written down is promised anew. */
function promiseOf({ promise }: Present, amount: bigint, now: Instant): CapacityPromise {
  if (promise === undefined) return { promised: amount, reported: amount, since: now };
  return promise.promised === amount ? promise : { ...promise, promised: amount, since: now };
}

function sum(promises: readonly OtherPromise[]): bigint {
  return promises.reduce((total, { pending }) => total + pending, 0n);
}

function timeOf(candidate: Candidate | undefined, property: string): Instant | undefined {
  const time = Date.parse(candidate?.reportedAt?.[property] ?? '');
  return Number.isNaN(time) ? undefined : time;
}
