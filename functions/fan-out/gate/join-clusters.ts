import { isDone, type PlacedAssignment } from '../../slices/placed-assignment.ts';
import type { RolloutPolicy } from '../policy/rollout-policy.ts';
import type { ClusterView } from './cluster-view.ts';
import { inTurn } from './compare-entry.ts';
import type { Turns } from './go-forward.ts';
import type { GateInput } from './moves.ts';
import type { OpenedWave } from './open-waves.ts';

/**
 * Returns the clusters that may begin to run what others run already: the target where their wave has passed or no rollout
 * goes on, else what was healthy everywhere before. A join that replaces a cluster that is lost waits for no window and no
 * freeze: it brings nothing new.
 */
export function joinClusters(
  waves: readonly OpenedWave[],
  input: GateInput,
  policy: RolloutPolicy,
  obstacle: string | undefined,
): Turns {
  const able = waves.flatMap((wave) =>
    wave.newcomers
      .filter(({ standing }) => standing === 'Absent')
      .map((view) => ({ name: view.name, next: inTurn(contentFor(view, wave, input), undefined) })),
  );
  const busy = waves.flatMap(({ newcomers }) => newcomers).filter(({ standing }) => standing === 'Moving').length;
  const limit = policy.maxJoining(input.wanted.size);
  const slots = Math.max(0, limit - busy);
  const free = obstacle === undefined ? slots : Math.min(slots, lostClusters(input));
  const reason = obstacle ?? `waits to join: at most ${limit} at a time`;
  return {
    set: able.slice(0, free).map(({ next }) => next),
    waiting: new Map(able.slice(free).map(({ name }) => [name, reason])),
  };
}

/** A wave that people approve of takes nobody in whom they have not seen. */
function contentFor(
  { name, next }: ClusterView,
  { hasPassed, state, policy }: OpenedWave,
  { meanwhile, run }: GateInput,
) {
  const isProven = (hasPassed || state === 'Done') && policy.quorum === 0;
  return isProven || run.endedAt !== undefined ? next : (meanwhile.get(name) ?? next);
}

/** How many clusters ran the composite and are lost: they are to be left, and are not healthy any more. */
function lostClusters({ current, unwanted }: GateInput): number {
  const isLost = (entry: PlacedAssignment) =>
    (entry.assignment.state === 'Leaving' || unwanted.has(entry.assignment.cluster)) && !isDone(entry);
  return current.filter(isLost).length;
}
