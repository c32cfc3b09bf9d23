import type { Placement, Verdict } from '../cluster-selector/placement.ts';
import type { Verdict as ReportedVerdict, RolloutStatus } from '../generated/types.ts';
import { shortRevision } from '../revision/revision-content.ts';
import type { Instant } from '../runtime/composition-function.ts';
import { isDone, type PlacedAssignment } from '../slices/placed-assignment.ts';
import { reportOverrides } from './override-report.ts';
import type { RolloutPlan } from './rollout-facts.ts';
import { phaseOf } from './rollout-phase.ts';
import { rolloutProgress } from './rollout-progress.ts';

/** Most entries that a status lists: a report stays readable, and the composite small, however large the fleet. */
const maxAssignments = 100;
const maxVerdicts = 40;

/** Returns the report on a composite's rollout for its status: a pure function of the facts, so that it changes only when they do. */
export function rolloutStatus(
  placement: Placement,
  plan: RolloutPlan,
  current: readonly PlacedAssignment[],
  brakes: readonly string[],
  now: Instant,
): RolloutStatus {
  const assigned = current.filter(({ assignment }) => assignment.state === 'Assigned');
  const updated = assigned.filter(
    ({ assignment }) => assignment.revision === plan.target?.name && !isBehind(assignment.cluster, plan),
  );
  return {
    phase: phaseOf(plan, current, brakes, now),
    ...(plan.target !== undefined && { revision: shortRevision(plan.target.name) }),
    clusters: {
      desired: placement.mode === 'KeepLastGood' ? assigned.length : placement.chosen.length,
      assigned: assigned.length,
      updated: updated.length,
      healthy: assigned.filter(isDone).length,
      leaving: current.length - assigned.length,
    },
    rollout: rolloutProgress(plan, brakes),
    assignments: reportAssignments(placement, plan, current),
    placement: {
      candidates: placement.candidates,
      selected: placement.chosen.length,
      ...(placement.rescheduledAt !== undefined && { rescheduledAt: placement.rescheduledAt }),
      verdicts: nearestVerdicts(placement.verdicts),
    },
    overrides: reportOverrides(plan, assigned),
  };
}

function isBehind(cluster: string, { moves }: RolloutPlan): boolean {
  return moves.waiting.has(cluster) || moves.set.some((next) => next.cluster === cluster);
}

function reportAssignments(
  { chosen }: Placement,
  { moves }: RolloutPlan,
  current: readonly PlacedAssignment[],
): NonNullable<RolloutStatus['assignments']> {
  const setOf = new Map(chosen.map(({ facts, clusterSet }) => [facts.name, clusterSet.name]));
  const present = new Set(current.map(({ assignment }) => assignment.cluster));
  const rows = current.map(({ assignment: { cluster, revision }, status }) => {
    const message = moves.waiting.get(cluster) ?? status?.messages?.[0];
    return {
      cluster,
      clusterSet: setOf.get(cluster) ?? '',
      revision: shortRevision(revision),
      phase: status?.phase ?? 'Applying',
      ...(message !== undefined && { message }),
    };
  });
  const joining = [...moves.waiting]
    .filter(([cluster]) => !present.has(cluster))
    .map(([cluster, message]) => ({ cluster, clusterSet: setOf.get(cluster) ?? '', phase: 'Waiting', message }));
  return [...rows, ...joining]
    .sort((a, b) => Number(a.phase === 'Healthy') - Number(b.phase === 'Healthy') || (a.cluster < b.cluster ? -1 : 1))
    .slice(0, maxAssignments);
}

/** Clusters that were not chosen tell more than those that were. */
function nearestVerdicts(verdicts: readonly Verdict[]): readonly ReportedVerdict[] {
  const rank = { Leaving: 0, Outscored: 1, Filtered: 2, Selected: 3, Kept: 4 } as const;
  const chosen = verdicts.filter(({ verdict }) => verdict === 'Selected' || verdict === 'Kept');
  const rest = verdicts
    .filter((verdict) => !chosen.includes(verdict))
    .sort(
      (a, b) =>
        rank[a.verdict] - rank[b.verdict] || (b.score ?? 0) - (a.score ?? 0) || (a.cluster < b.cluster ? -1 : 1),
    );
  const half = maxVerdicts / 2;
  const misses = rest.slice(0, Math.max(half, maxVerdicts - chosen.length));
  return [...chosen.slice(0, maxVerdicts - misses.length), ...misses]
    .map(({ parts: _, ...verdict }) => verdict)
    .sort((a, b) => (a.cluster < b.cluster ? -1 : 1));
}
