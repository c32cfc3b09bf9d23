import type { KubeObject } from '../../functions/kube/object.ts';
import { shortRevision } from '../../functions/revision/revision-content.ts';
import { refTo } from '../offline-hub/object-ref.ts';
import type { RecordedFailure } from './failure-recorder.ts';
import type { ClusterMove } from './move-recorder.ts';
import type { Failure, Move, PlannedComposite, Wait } from './plan.ts';
import type { SettledTree } from './settle-tree.ts';
import { progressOf, type RecordedWait } from './wait-recorder.ts';
import { waveNames } from './wave-names.ts';

/** Shorter waits are the time between two looks. */
const noticeableMs = 1000;

/** Returns when the clusters of a composite moved, wave by wave, what its rollout waited for and which clusters failed, in order of time, and the waves as they stand. */
export async function describeRollout(
  { hub, moves, waits, failures, startedAt }: Pick<SettledTree, 'hub' | 'moves' | 'waits' | 'failures' | 'startedAt'>,
  composite: KubeObject,
): Promise<Pick<PlannedComposite, 'moves' | 'waits' | 'waves' | 'failures'>> {
  const { namespace = '', name = '' } = composite.metadata;
  const recorded = moves.movesOf(composite.kind, namespace, name);
  const movedAt = new Map(recorded.toReversed().map(({ cluster, at }) => [cluster, at]));
  const waves = await waveNames(hub, composite, movedAt);
  return {
    moves: gatherMoves(recorded, waves, startedAt),
    waits: waits
      .waitsOf(refTo(composite))
      .filter(isNoticeable)
      .map((wait) => describeWait(wait, startedAt)),
    waves: progressOf(composite)?.waves ?? [],
    failures: failures
      .failuresOf(composite.kind, namespace, name)
      .map((failure) => describeFailure(failure, startedAt)),
  };
}

/** Returns moves with those of the same second, wave and kind together. */
export function gatherMoves(
  recorded: readonly ClusterMove[],
  waves: ReadonlyMap<string, string>,
  startedAt: number,
): readonly Move[] {
  const gathered = Map.groupBy(
    recorded.map((move) => ({
      ...move,
      ...{
        seconds: secondsAt(move.at, startedAt),
        wave: move.change === 'leaving' ? undefined : waves.get(move.cluster),
      },
    })),
    ({ seconds, change, wave = '' }) => `${seconds}/${change}/${wave}`,
  );
  return [...gathered.values()].flatMap((together) => {
    const [first] = together;
    if (first === undefined) return [];
    const { seconds, change, wave } = first;
    const clusters = [...new Set(together.map(({ cluster }) => cluster))].sort();
    return [{ seconds, change, ...(wave !== undefined && { wave }), clusters }];
  });
}

function isNoticeable({ from, to, isGiven }: RecordedWait): boolean {
  return isGiven === true || to === undefined || to - from >= noticeableMs;
}

function describeWait({ from, to, wave, why, isGiven = false }: RecordedWait, startedAt: number): Wait {
  return {
    seconds: secondsAt(from, startedAt),
    ...(to !== undefined && { until: secondsAt(to, startedAt) }),
    ...(wave !== undefined && { wave }),
    ...{ why, isGiven },
  };
}

function describeFailure({ at, cluster, revision, phase, message }: RecordedFailure, startedAt: number): Failure {
  return { seconds: secondsAt(at, startedAt), cluster, revision: shortRevision(revision), phase, message };
}

function secondsAt(at: number, startedAt: number): number {
  return Math.round((at - startedAt) / 1000);
}
