import type { Assignment } from '../../generated/types.ts';
import type { Labels } from '../../kube/label-requirement.ts';
import { isDone } from '../../slices/placed-assignment.ts';
import { type ClusterView, isPending } from './cluster-view.ts';
import { inTurn } from './compare-entry.ts';
import type { GateInput } from './moves.ts';
import { isUnproven, type OpenedWave } from './open-waves.ts';

/** What may change in some part of a fleet, and why the rest may not. */
export interface Turns {
  readonly set: readonly Assignment[];
  readonly waiting: ReadonlyMap<string, string>;
}

/** How urgent a change is; smaller goes first. Repair what is broken, then update what runs, then join; the unreachable come last, for they would hold a slot for nothing. */
const urgency = { broken: 0, healthy: 1, joining: 2, unreachable: 3 } as const;

/**
 * Returns the clusters that may change now, wave by wave. While nothing that could have failed is healthy with the target,
 * the waves after the first go on with one cluster in all at a time, one first that can prove something.
 */
export function goForward(waves: readonly OpenedWave[], input: GateInput): readonly Turns[] {
  if (!isUnproven(waves, input)) return waves.map((wave) => changeWave(wave, input, undefined));
  let busy = waves.slice(1).flatMap(({ counted }) => counted.filter(({ standing }) => standing === 'Moving')).length;
  return waves.map((wave, place) => {
    const caution = place === 0 ? undefined : { atMost: Math.max(0, 1 - busy), provable: input.provable };
    const turns = changeWave(wave, input, caution);
    if (place > 0) busy += turns.set.length;
    return turns;
  });
}

/** How many clusters may begin while nothing is proven, and those that could prove something. */
type Caution = Pick<GateInput, 'provable'> & { readonly atMost: number };

/**
 * Returns the clusters of a wave that may change now: as many as are not on their way already. Those that have failed hold
 * no slot; they are counted against the wave's budget instead. There is caution while nothing is proven.
 */
function changeWave(wave: OpenedWave, { labels }: Pick<GateInput, 'labels'>, caution: Caution | undefined): Turns {
  const { counted, policy, isOpen, message, withheld } = wave;
  const pending = counted.filter(isPending);
  if (!isOpen) return { set: [], waiting: new Map(pending.map(({ name }) => [name, message ?? 'waits its turn'])) };
  const busy = counted.filter(({ standing }) => standing === 'Moving').map(({ name }) => name);
  const limit = policy.maxConcurrent(counted.length);
  const ordered = pending
    .filter(({ name }) => !withheld.has(name))
    .sort(
      (a, b) =>
        (caution === undefined ? 0 : Number(caution.provable(b.name)) - Number(caution.provable(a.name))) ||
        urgencyOf(a) - urgencyOf(b) ||
        compareByLabel(a, b, labels, policy.orderBy) ||
        (a.name < b.name ? -1 : 1),
    );
  const starting = ordered.slice(0, Math.max(0, Math.min(limit - busy.length, caution?.atMost ?? limit)));
  const ahead = [...busy, ...starting.map(({ name }) => name)];
  const reason = caution === undefined ? explainWait(ahead, limit) : explainProof(ahead);
  return {
    set: starting.map(({ next, entry }) => inTurn(next, entry)),
    waiting: new Map([
      ...ordered.slice(starting.length).map(({ name }): [string, string] => [name, reason]),
      ...[...withheld].filter(([name]) => pending.some((view) => view.name === name)),
    ]),
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

function explainProof(ahead: readonly string[]): string {
  const first = ahead[0] === undefined ? 'another' : ahead[0];
  return `waits until ${first} is healthy: nothing that could have failed has been yet, so one cluster goes first`;
}
