import { timeCluster } from '../../functions/fan-out/gate/cluster-view.ts';
import type { GateInput } from '../../functions/fan-out/gate/moves.ts';
import { openGate } from '../../functions/fan-out/gate/open-gate.ts';
import { surveyWaves } from '../../functions/fan-out/gate/survey-waves.ts';
import { resolveRollout } from '../../functions/fan-out/policy/rollout-policy.ts';
import type { AssignmentStatus, Rollout } from '../../functions/generated/types.ts';
import type { PlacedAssignment } from '../../functions/slices/placed-assignment.ts';
import { fleetInput, lookedAt, placedAt, target } from './gate-input.ts';

type Group = { readonly name: string; readonly index: number };

/** What a cluster has reported. */
export type OcmStatus = { readonly cluster: string; readonly status: string; readonly lastTransition: number | null };

/** A step of a rollout: how it should go, the groups of clusters, and what they have reported. */
export type OcmFleet = {
  readonly strategy: {
    readonly type: 'All' | 'Progressive' | 'ProgressivePerGroup';
    readonly progressDeadline: string;
    readonly maxConcurrency: number | string | null;
    readonly maxFailures: number | string | null;
    readonly minSuccessSeconds: number;
    readonly mandatoryGroups: readonly Group[];
  };
  readonly groups: readonly (Group & { readonly clusters: readonly string[] })[];
  readonly existing: readonly OcmStatus[];
};

/** What of a step can be compared. */
export type OcmLook = {
  readonly rollout: string[];
  readonly timedOut: string[];
  readonly removed: string[];
  readonly maxFailureBreach: boolean;
  readonly recheckAfter: number | null;
};

/** A deadline that is never met stands for none. */
const never = '900000h';

/** Returns what the gate does with a fleet of which nothing else is remembered; when to look again is asked of each cluster alone, as the peer does. */
export function lookAt({ strategy, groups, existing }: OcmFleet): OcmLook {
  const policy = resolveRollout(rolloutOf(strategy, groups), 'strategy').value;
  if (policy === undefined) throw new Error('the strategy is refused');
  const names = groups.flatMap(({ clusters }) => clusters);
  const labels = new Map(
    groups.flatMap((group) =>
      group.clusters.map((name): [string, { group: string }] => [name, { group: keyOf(group) }]),
    ),
  );
  const current = existing.map(placedAs);
  const input: GateInput = { ...fleetInput(current, names), labels };
  const moves = openGate(input, policy, lookedAt);
  const counted = surveyWaves(input, policy, lookedAt).flatMap((wave) =>
    wave.counted.map((view) => ({
      view,
      wave,
      state: moves.waves.find(({ name }) => name === wave.policy.name)?.state,
    })),
  );
  const isLate = ({ view, wave }: (typeof counted)[number]) => {
    const retried = { ...view, standing: 'Moving' as const, ...(view.entry && { entry: stillTried(view.entry) }) };
    return timeCluster(retried, wave.policy, lookedAt).standing === 'Failed';
  };
  const failed = counted.filter(({ view }) => view.standing === 'Failed');
  const working = counted.filter(({ view, wave, state }) => {
    const isSoaking = view.healthySince !== undefined && view.healthySince + wave.policy.soakMs > lookedAt;
    return view.standing === 'Moving' || (isSoaking && state !== 'Done');
  });
  const listed = [...working, ...failed.filter((each) => !isLate(each))].map(({ view }) => view.name);
  const times = current
    .filter(({ assignment }) => listed.includes(assignment.cluster))
    .flatMap((entry) => {
      const alone = { ...fleetInput([entry], [entry.assignment.cluster]), labels };
      return openGate(alone, policy, lookedAt).nextDecisionAt ?? [];
    });
  const leaving = [...moves.leave, ...moves.held, ...moves.waiting.keys()].filter((name) => input.unwanted.has(name));
  return {
    rollout: [...moves.set.map(({ cluster }) => cluster), ...listed],
    timedOut: failed.filter(isLate).map(({ view }) => view.name),
    removed: [...new Set(leaving)],
    maxFailureBreach: moves.failures !== undefined,
    recheckAfter: times.length === 0 ? null : (Math.min(...times) - lookedAt) / 1000,
  };
}

/** A cluster that has failed as one that only takes its time, to tell what its deadline alone says. */
function stillTried({ status, ...entry }: PlacedAssignment): PlacedAssignment {
  return status === undefined ? entry : { ...entry, status: { ...status, phase: 'Unhealthy' } };
}

/** The mandatory groups are waves that tolerate no failure; each other group is one where the strategy goes by group, else they are one together. */
function rolloutOf(strategy: OcmFleet['strategy'], groups: OcmFleet['groups']): Rollout {
  const { type, progressDeadline, maxConcurrency, maxFailures, minSuccessSeconds, mandatoryGroups } = strategy;
  const isEndless = progressDeadline === 'None' || progressDeadline === '';
  const waveOf = (group: Group, failures: number | string) => ({
    name: `group-${keyOf(group)}`,
    clusterSelector: { matchLabels: { group: keyOf(group) } },
    maxFailures: failures,
  });
  const tolerated = type === 'All' ? '100%' : (maxFailures ?? 0);
  const first = type === 'All' ? [] : mandatoryGroups;
  const mandatory = new Set(first.map(keyOf));
  const others = type === 'ProgressivePerGroup' ? groups.filter((group) => !mandatory.has(keyOf(group))) : [];
  return {
    waves: [
      ...first.map((group) => waveOf(group, 0)),
      ...others.map((group) => waveOf(group, tolerated)),
      { name: 'others', maxFailures: tolerated },
    ],
    deadline: isEndless ? never : progressDeadline,
    soak: `${minSuccessSeconds}s`,
    maxConcurrent: type === 'Progressive' ? (maxConcurrency ?? '100%') : '100%',
    maxRemovals: '100%',
  };
}

function keyOf({ name, index }: Group): string {
  return name === '' ? String(index) : name;
}

/** A cluster to which nothing was applied yet has what it had before. */
function placedAs({ cluster, status, lastTransition }: OcmStatus): PlacedAssignment {
  const phases: { readonly [status: string]: AssignmentStatus['phase'] } = {
    ...{ Succeeded: 'Healthy', Failed: 'Failed', Skip: 'Unreachable', ToApply: 'Healthy' },
  };
  const revision = status === 'ToApply' ? 'before' : target;
  const overdue = status === 'TimeOut' ? -1_000_000_000 : (lastTransition ?? 0);
  return placedAt({ cluster, revision, phase: phases[status] ?? 'Unhealthy', since: overdue });
}
