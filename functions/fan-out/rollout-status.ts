import type { Placement, Verdict } from '../cluster-selector/placement.ts';
import type { Verdict as ReportedVerdict, RolloutStatus } from '../generated/types.ts';
import { shortRevision } from '../revision/revision-content.ts';
import type { Instant } from '../runtime/composition-function.ts';
import { isDone, type PlacedAssignment } from '../slices/placed-assignment.ts';
import { reportAssignments } from './assignment-report.ts';
import { reportOverrides } from './override-report.ts';
import type { RolloutPlan } from './rollout-facts.ts';
import { phaseOf } from './rollout-phase.ts';
import { rolloutProgress } from './rollout-progress.ts';

/** Most verdicts that a status lists: a report stays readable, and the composite small, however large the fleet. */
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
  const chosen = new Set(placement.chosen.map(({ facts }) => facts.name));
  const isKept = placement.mode === 'KeepLastGood';
  // A cluster that should leave, or may not yet, is none of those that are to have the content.
  const desired = assigned.filter(({ assignment }) => isKept || chosen.has(assignment.cluster));
  const updated = desired.filter(
    ({ assignment }) => assignment.revision === plan.target?.name && !isBehind(assignment.cluster, plan),
  );
  return {
    phase: phaseOf(plan, current, brakes, now),
    ...(plan.target !== undefined && { revision: shortRevision(plan.target.name) }),
    clusters: {
      desired: isKept ? assigned.length : placement.chosen.length,
      assigned: assigned.length,
      updated: updated.length,
      healthy: desired.filter(isDone).length,
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
