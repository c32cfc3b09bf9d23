import type { Assignment } from '../../generated/types.ts';
import type { Labels } from '../../kube/label-requirement.ts';
import { isDone } from '../../slices/placed-assignment.ts';
import type { ClusterView } from './cluster-view.ts';
import { inTurn } from './compare-entry.ts';
import { isPending, type OpenedWave } from './open-waves.ts';

/** What may change in some part of a fleet, and why the rest may not. */
export interface Turns {
  readonly set: readonly Assignment[];
  readonly waiting: ReadonlyMap<string, string>;
}

/** How urgent a change is; smaller goes first. Repair what is broken, then update what runs, then join; the unreachable come last, for they would hold a slot for nothing. */
const urgency = { broken: 0, healthy: 1, joining: 2, unreachable: 3 } as const;

/**
 * Returns the clusters of a wave that may change now: as many as are not on their way already. Those that have failed hold
 * no slot; they are counted against the wave's budget instead.
 */
export function goForward(wave: OpenedWave, labels: ReadonlyMap<string, Labels>): Turns {
  const { counted, policy, isOpen, message } = wave;
  const pending = counted.filter(isPending);
  if (!isOpen) return { set: [], waiting: new Map(pending.map(({ name }) => [name, message ?? 'waits its turn'])) };
  const busy = counted.filter(({ standing }) => standing === 'Moving').map(({ name }) => name);
  const limit = policy.maxConcurrent(counted.length);
  const ordered = pending.toSorted(
    (a, b) => urgencyOf(a) - urgencyOf(b) || compareByLabel(a, b, labels, policy.orderBy) || (a.name < b.name ? -1 : 1),
  );
  const starting = ordered.slice(0, Math.max(0, limit - busy.length));
  const reason = explainWait([...busy, ...starting.map(({ name }) => name)], limit);
  return {
    set: starting.map(({ next, entry }) => inTurn(next, entry)),
    waiting: new Map(ordered.slice(starting.length).map(({ name }) => [name, reason])),
  };
}

function urgencyOf({ entry }: ClusterView): number {
  if (entry === undefined) return urgency.joining;
  if (entry.status?.phase === 'Unreachable') return urgency.unreachable;
  return isDone(entry) ? urgency.healthy : urgency.broken;
}

/** Compares two clusters by the value of a label, as numbers where both are; a cluster without it comes last. */
function compareByLabel(
  a: ClusterView,
  b: ClusterView,
  labels: ReadonlyMap<string, Labels>,
  key: string | undefined,
): number {
  if (key === undefined) return 0;
  const [left, right] = [labels.get(a.name)?.[key], labels.get(b.name)?.[key]];
  if (left === undefined || right === undefined) return Number(left === undefined) - Number(right === undefined);
  const [leftNumber, rightNumber] = [Number(left), Number(right)];
  if (left !== '' && right !== '' && Number.isFinite(leftNumber) && Number.isFinite(rightNumber))
    return leftNumber - rightNumber;
  return left < right ? -1 : Number(left > right);
}

/** Returns why a cluster waits while others of its wave are on their way. */
export function explainWait(ahead: readonly string[], limit: number): string {
  return `waits its turn: at most ${limit} at a time, now ${ahead.slice(0, 3).join(', ')}`;
}
