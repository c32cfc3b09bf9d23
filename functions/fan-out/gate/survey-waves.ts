import type { RolloutRecord } from '../../generated/types.ts';
import type { Instant } from '../../runtime/composition-function.ts';
import type { RolloutPolicy } from '../policy/rollout-policy.ts';
import type { WavePolicy } from '../policy/wave-policy.ts';
import { assignWaves, type Settled } from './assign-waves.ts';
import { type ClusterView, isNewcomer, timeCluster, type UntimedView, viewCluster } from './cluster-view.ts';
import { keepsRevision } from './compare-entry.ts';
import type { Failures, GateInput } from './moves.ts';
import { settledBy } from './settled-waves.ts';

/** One wave and the clusters in it. */
export interface Wave {
  readonly policy: WavePolicy;
  /** Clusters by which the wave is judged, sorted by name. */
  readonly counted: readonly ClusterView[];
  /** Clusters that join while others run the composite already; nobody waits for them. */
  readonly newcomers: readonly ClusterView[];
}

/** Returns the waves with their clusters, every wanted cluster in one of them: the one that has taken it in, while the rollout lasts. */
export function surveyWaves(input: GateInput, policy: RolloutPolicy, now: Instant): readonly Wave[] {
  const { current, wanted, labels, run } = input;
  const placed = new Map(current.toSorted(leavingFirst).map((entry) => [entry.assignment.cluster, entry]));
  const views = [...wanted]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, next]) => viewCluster(name, next, placed.get(name), input, policy));
  const settled = settledBy(run, policy.waves);
  const getsOtherValues = views.some(
    ({ standing, entry, next }) => standing === 'Outdated' && entry !== undefined && keepsRevision(entry, next),
  );
  const places = assignWaves(
    views.map((view) => ({
      name: view.name,
      labels: labels.get(view.name) ?? {},
      rank: rankOf(view, settled, getsOtherValues),
      isAble: view.standing !== 'Skipped' && view.standing !== 'Blocked',
    })),
    policy.waves,
    run.revision,
    settled,
  );
  const timed = new Map<number, ClusterView[]>();
  for (const view of views) {
    const place = places.get(view.name) ?? policy.waves.length - 1;
    const wave = policy.waves[place];
    if (wave === undefined) continue;
    const clusters = timed.get(place) ?? [];
    clusters.push(timeCluster(view, wave, now));
    timed.set(place, clusters);
  }
  return policy.waves.map((wave, place) => {
    const clusters = timed.get(place) ?? [];
    const isNew = (view: ClusterView) => comesBetween(view, input) || isNewcomer(view, run);
    return {
      policy: wave,
      counted: clusters.filter((view) => !isNew(view)),
      newcomers: clusters.filter(isNew),
    };
  });
}

/** A cluster that leaves one slice because it stands in another is placed in the other. */
function leavingFirst(a: GateInput['current'][number], b: GateInput['current'][number]): number {
  return Number(a.assignment.state === 'Assigned') - Number(b.assignment.state === 'Assigned');
}

/** A cluster without an entry that may begin with what others run already, or come after the rollout has ended. */
function comesBetween({ name, entry }: ClusterView, { meanwhile, run }: GateInput): boolean {
  return entry === undefined && (meanwhile.has(name) || run.endedAt !== undefined);
}

/**
 * In which order a wave draws. What has the target goes first, whatever has become of its wave; then comes what the outgoing
 * revision broke, for it has nothing to lose; then what is to change. What has the target comes after these where others get
 * other values of it, of which it proves nothing; and last comes what cannot change now.
 */
const drawOrder = { begun: 0, broken: 1, unsettled: 2, changing: 3, finished: 4, unable: 5 } as const;

function rankOf({ name, standing, entry }: UntimedView, { waveOf }: Settled, getsOtherValues: boolean): number {
  const phase = entry?.status?.phase;
  if (standing === 'Moving' || standing === 'Failed') return drawOrder.begun;
  if (standing === 'Done') return waveOf.has(name) || !getsOtherValues ? drawOrder.begun : drawOrder.finished;
  if (standing === 'Skipped' || standing === 'Blocked' || phase === 'Unreachable') return drawOrder.unable;
  if (phase === 'Unhealthy' || phase === 'Failed') return drawOrder.broken;
  return phase === 'Applying' ? drawOrder.unsettled : drawOrder.changing;
}

/** Returns the failed clusters of the first wave that has more of them than it may, if there is one; a rollout that has ended has no failures. */
export function findFailures(
  waves: readonly Wave[],
  { endedAt }: Pick<RolloutRecord, 'endedAt'>,
): Failures | undefined {
  if (endedAt !== undefined) return undefined;
  for (const { policy, counted } of waves) {
    const failed = counted.filter(({ standing }) => standing === 'Failed');
    if (failed.length <= policy.maxFailures(counted.length)) continue;
    const [because] = failed.flatMap(({ entry }) => entry?.status?.messages ?? []);
    const clusters = failed.map(({ name }) => name);
    return { wave: policy.name, clusters, ...(because !== undefined && { because }) };
  }
  return undefined;
}
