import type { Assignment } from '../generated/types.ts';
import { canonicalJson } from '../kube/canonical-json.ts';
import type { JsonObject } from '../kube/json.ts';
import { isDone, isOvertaken, nextSequence, type PlacedAssignment } from '../slices/placed-assignment.ts';
import { guardRemovals, type Removals } from './removal-guard.ts';
import type { RolloutPolicy } from './rollout-policy.ts';

/** Where the fleet stands and where it should go. */
export interface GateInput {
  readonly current: readonly PlacedAssignment[];
  /** What each chosen cluster should have, by cluster. */
  readonly wanted: ReadonlyMap<string, Assignment>;
  /** Present clusters that placement no longer wants. */
  readonly unwanted: ReadonlySet<string>;
  /** Clusters that must not be changed or joined now, with the reason. */
  readonly blocked: ReadonlyMap<string, string>;
}

/** What may happen now. Everything not listed stays as it is. */
export interface Moves extends Removals {
  /** Entries to change or add. */
  readonly set: readonly Assignment[];
  /** Clusters whose turn has not come, with the reason. */
  readonly waiting: ReadonlyMap<string, string>;
}

/** How urgent a change is; smaller goes first. Repair what is broken, then update what runs, then join; the unreachable come last, for they would hold a slot for nothing. */
const urgency = { broken: 0, healthy: 1, joining: 2, unreachable: 3 } as const;

type Candidate = { readonly next: Assignment; readonly urgency: number };

/**
 * Returns which clusters may move to what they should have: a change of replicas alone at once, everything else while
 * slots are free. A slot is taken by every cluster that has its target and is not yet healthy with it.
 */
export function openGate({ current, wanted, unwanted, blocked }: GateInput, policy: RolloutPolicy): Moves {
  const removals = guardRemovals(current, unwanted, policy.maxRemovals);
  const placed = new Map(current.toSorted(leavingFirst).map((entry) => [entry.assignment.cluster, entry]));
  const waiting = new Map<string, string>();
  const scaled: Assignment[] = [];
  const candidates: Candidate[] = [];
  for (const [cluster, next] of wanted) {
    const entry = placed.get(cluster);
    const reason = blocked.get(cluster);
    if (entry?.assignment.state === 'Leaving')
      waiting.set(cluster, 'is still leaving; joins again when nothing of it is left');
    else if (entry !== undefined && hasAlready(entry, next)) continue;
    else if (reason !== undefined) waiting.set(cluster, reason);
    else if (entry !== undefined && hasAlready(entry, next, 'apart from replicas')) scaled.push(inTurn(next, entry));
    else candidates.push({ next: inTurn(next, entry), urgency: urgencyOf(entry) });
  }
  const busy = busyClusters(current, wanted);
  const limit = isProven(current, wanted) ? policy.maxConcurrent : policy.maxUnproven;
  const ordered = candidates.toSorted((a, b) => a.urgency - b.urgency || (a.next.cluster < b.next.cluster ? -1 : 1));
  const free = Math.max(0, limit - busy.length);
  for (const { next } of ordered.slice(free))
    waiting.set(next.cluster, explainWait(busy, limit, ordered.slice(0, free)));
  const lastHealthy = lastHealthyClusters(current, unwanted);
  for (const cluster of removals.leave.filter((each) => lastHealthy.has(each))) {
    waiting.set(cluster, 'should leave, but stays until a cluster that is to keep it is healthy');
  }
  const leave = removals.leave.filter((cluster) => !lastHealthy.has(cluster));
  return { ...removals, leave, set: [...scaled, ...ordered.slice(0, free).map(({ next }) => next)], waiting };
}

/** A cluster that leaves one slice because it stands in another is placed in the other. */
function leavingFirst(a: PlacedAssignment, b: PlacedAssignment): number {
  return Number(a.assignment.state === 'Assigned') - Number(b.assignment.state === 'Assigned');
}

/** Unwanted clusters that are healthy while none that stays is: without them the composite would run nowhere. */
function lastHealthyClusters(
  current: readonly PlacedAssignment[],
  unwanted: GateInput['unwanted'],
): ReadonlySet<string> {
  const healthy = current.filter(isDone).map(({ assignment }) => assignment.cluster);
  return healthy.every((cluster) => unwanted.has(cluster)) ? new Set(healthy) : new Set();
}

/** Tells whether an entry says what it should, its sequence aside; one that was overtaken does not. */
function hasAlready(entry: PlacedAssignment, next: Assignment, extent?: 'apart from replicas'): boolean {
  const said = ({ sequence: _, replicas, ...rest }: Assignment) =>
    canonicalJson((extent === undefined ? { ...rest, replicas } : rest) as JsonObject);
  return !isOvertaken(entry) && said(entry.assignment) === said(next);
}

function inTurn(next: Assignment, entry: PlacedAssignment | undefined): Assignment {
  return { ...next, sequence: nextSequence(entry) };
}

function urgencyOf(entry: PlacedAssignment | undefined): number {
  if (entry === undefined) return urgency.joining;
  if (entry.status?.phase === 'Unreachable') return urgency.unreachable;
  return isDone(entry) ? urgency.healthy : urgency.broken;
}

/** Clusters that have what they should have and are not healthy with it yet, by name. */
function busyClusters(current: readonly PlacedAssignment[], wanted: GateInput['wanted']): readonly string[] {
  return current
    .filter((entry) => {
      const next = wanted.get(entry.assignment.cluster);
      return next !== undefined && !isDone(entry) && hasAlready(entry, next);
    })
    .map(({ assignment }) => assignment.cluster)
    .sort();
}

/** A target is proven when one cluster has exactly what it should have and is healthy with it. */
function isProven(current: readonly PlacedAssignment[], wanted: GateInput['wanted']): boolean {
  return current.some((entry) => {
    const next = wanted.get(entry.assignment.cluster);
    return next !== undefined && isDone(entry) && hasAlready(entry, next);
  });
}

function explainWait(busy: readonly string[], limit: number, starting: readonly Candidate[]): string {
  const ahead = [...busy, ...starting.map(({ next }) => next.cluster)].slice(0, 3).join(', ');
  return `waits its turn: at most ${limit} at a time, now ${ahead}`;
}
