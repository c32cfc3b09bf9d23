import type { Ask } from './ask-approvals.ts';
import { isPending } from './cluster-view.ts';
import type { FilledWave, GateInput } from './moves.ts';
import type { OpenedWave } from './open-waves.ts';
import type { Consent } from './read-consent.ts';
import { rememberedClusters } from './settled-waves.ts';

/**
 * Returns the waves that have taken in clusters, with all that they ever took in during the rollout. A wave takes in its
 * clusters when it opens, and those that it comes upon later as they come; one that draws them and asks for approval first,
 * when it asks, once all of them can change. On the way back all waves have theirs at once. A cluster that waits for people
 * is not taken in by an open wave.
 */
export function fillWaves(
  waves: readonly OpenedWave[],
  { run }: Pick<GateInput, 'run'>,
  asks: ReadonlyMap<string, Ask>,
  consent: Consent,
): readonly FilledWave[] {
  const isGoingBack = run.direction === 'Back';
  const last = waves.findLastIndex(isOpened);
  return waves.flatMap((wave, place): FilledWave[] => {
    const { policy, counted, newcomers, state, withheld } = wave;
    const { name, count, percent } = policy;
    const known = rememberedClusters(run, policy);
    const isOpen = !isGoingBack && (isOpened(wave) || (place < last && state === 'Done'));
    const isSettled = counted.every(({ standing }) => standing !== 'Blocked' && standing !== 'Skipped');
    const isDrawn = (count !== undefined || percent !== undefined) && asks.has(name) && isSettled;
    if (!isOpen && !isDrawn && !isGoingBack && known === undefined) return [];
    const members = [...counted, ...newcomers.filter(({ entry }) => entry !== undefined)];
    const taken = members.flatMap((view) => (withheld.has(view.name) ? [] : [view.name]));
    const approvedBy = consent.approvers.get(name);
    return [
      {
        ...{ name, isOpen, hasPassed: isOpen && (wave.hasPassed || (place < last && state === 'Done')) },
        ...{ clusters: [...new Set([...(known ?? []), ...taken])].sort() },
        ...(approvedBy !== undefined && { approvedBy }),
      },
    ];
  });
}

/** A wave stays open once it was opened; one with nothing to change needs no opening. */
function isOpened({ hasPassed, isOpen, wasOpened, counted }: OpenedWave): boolean {
  return hasPassed || wasOpened || (isOpen && counted.some(isPending));
}
