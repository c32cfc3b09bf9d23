import type { Placement, Verdict } from '../cluster-selector/placement.ts';
import type { RolloutStatus } from '../generated/types.ts';
import { formatProblems } from '../kube/problem.ts';
import { targets } from '../revision/apply-overrides.ts';
import { shortRevision } from '../revision/revision-content.ts';
import type { FunctionCondition } from '../runtime/composition-function.ts';
import { isDone, type PlacedAssignment } from '../slices/placed-assignment.ts';
import type { RolloutPlan } from './plan-rollout.ts';

/** Most entries that a status lists: a report stays readable, and the composite small, however large the fleet. */
const maxAssignments = 100;
const maxVerdicts = 40;

type Phase = NonNullable<RolloutStatus['phase']>;

/** Returns the report on a composite's rollout for its status: a pure function of the facts, so that it changes only when they do. */
export function rolloutStatus(
  placement: Placement,
  plan: RolloutPlan,
  current: readonly PlacedAssignment[],
): RolloutStatus {
  const assigned = current.filter(({ assignment }) => assignment.state === 'Assigned');
  const updated = assigned.filter(
    ({ assignment }) => assignment.revision === plan.target?.name && !isBehind(assignment.cluster, plan),
  );
  return {
    phase: phaseOf(plan, current),
    ...(plan.target !== undefined && { revision: shortRevision(plan.target.name) }),
    clusters: {
      desired: placement.mode === 'KeepLastGood' ? assigned.length : placement.chosen.length,
      assigned: assigned.length,
      updated: updated.length,
      healthy: assigned.filter(isDone).length,
      leaving: current.length - assigned.length,
    },
    assignments: reportAssignments(placement, plan, current),
    placement: {
      candidates: placement.candidates,
      selected: placement.chosen.length,
      verdicts: nearestVerdicts(placement.verdicts),
    },
    overrides: reportOverrides(plan),
  };
}

/** Returns the conditions that say how the composite is, beside those of core. */
export function rolloutConditions(
  placement: Placement,
  plan: RolloutPlan,
  status: RolloutStatus,
): readonly FunctionCondition[] {
  const { problems, moves } = plan;
  const isPlaced = placement.summary.reason === 'Placed';
  const rolledOut = status.phase === 'Healthy';
  return [
    { type: 'Valid', status: 'True', reason: 'Valid', message: '' },
    { type: 'Placed', status: isPlaced ? 'True' : 'False', ...placement.summary },
    problems.length === 0
      ? { type: 'Rendered', status: 'True', reason: 'Rendered', message: '' }
      : { type: 'Rendered', status: 'False', reason: 'Problems', message: formatProblems(problems) },
    {
      type: 'RolledOut',
      status: rolledOut ? 'True' : 'False',
      reason: status.phase ?? 'Pending',
      message: progressMessage(status),
    },
    moves.held.length === 0
      ? { type: 'RemovalHeld', status: 'False', reason: 'NothingHeld', message: '' }
      : { type: 'RemovalHeld', status: 'True', reason: 'TooManyRemovals', message: heldMessage(moves.held) },
  ];
}

function isBehind(cluster: string, { moves }: RolloutPlan): boolean {
  return moves.waiting.has(cluster) || moves.set.some((next) => next.cluster === cluster);
}

function phaseOf({ moves, problems, wanted }: RolloutPlan, current: readonly PlacedAssignment[]): Phase {
  if (problems.length > 0 || moves.held.length > 0) return 'Held';
  if (current.length === 0) return wanted.size === 0 ? 'Pending' : 'Progressing';
  if (moves.set.length > 0 || moves.waiting.size > 0 || moves.leave.length > 0) return 'Progressing';
  if (current.every(isDone)) return 'Healthy';
  const isStillMoving = current.some(
    ({ assignment, status }) =>
      status === undefined ||
      assignment.state === 'Leaving' ||
      status.phase === 'Applying' ||
      status.phase === 'Waiting',
  );
  return isStillMoving ? 'Progressing' : 'Degraded';
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
function nearestVerdicts(verdicts: readonly Verdict[]): readonly Verdict[] {
  const rank = { Leaving: 0, Outscored: 1, Filtered: 2, Selected: 3, Kept: 4 } as const;
  const chosen = verdicts.filter(({ verdict }) => verdict === 'Selected' || verdict === 'Kept');
  const rest = verdicts
    .filter((verdict) => !chosen.includes(verdict))
    .sort((a, b) => rank[a.verdict] - rank[b.verdict] || (a.cluster < b.cluster ? -1 : 1));
  const half = maxVerdicts / 2;
  const misses = rest.slice(0, Math.max(half, maxVerdicts - chosen.length));
  return [...chosen.slice(0, maxVerdicts - misses.length), ...misses].sort((a, b) => (a.cluster < b.cluster ? -1 : 1));
}

/** Says for every override how many clusters it changes, and why when it changes none. */
function reportOverrides({ target, wanted }: RolloutPlan): NonNullable<RolloutStatus['overrides']> {
  const templates = Object.values(target?.content.templates ?? {});
  return (target?.content.overrides ?? []).map((override, index) => {
    const clusters = [...wanted.values()].filter(({ overrides = [] }) => overrides.includes(index)).length;
    const hitsManifest = templates.some((template) => targets(override, template));
    const names = templates.filter(({ kind }) => kind === override.target.kind).map(({ metadata }) => metadata.name);
    const problem = !hitsManifest
      ? `no manifest is a ${override.target.kind} named "${override.target.name ?? ''}"; there ${names.length === 0 ? 'is none of that kind' : `are ${names.join(', ')}`}`
      : clusters === 0
        ? 'matches none of the chosen clusters'
        : undefined;
    return {
      index,
      ...(override.name !== undefined && { name: override.name }),
      clusters,
      ...(problem !== undefined && { problem }),
    };
  });
}

function progressMessage({ clusters, revision }: RolloutStatus): string {
  if (clusters === undefined) return '';
  const { desired, updated, healthy, leaving } = clusters;
  const leavers = (leaving ?? 0) > 0 ? `, ${leaving} leaving` : '';
  return `${updated} of ${desired} clusters have revision ${revision ?? 'none'}, ${healthy} are healthy${leavers}`;
}

function heldMessage(held: readonly string[]): string {
  const names = held.slice(0, 10).join(', ');
  const more = held.length > 10 ? ` and ${held.length - 10} more` : '';
  return `${held.length} clusters should leave, more than may without approval: ${names}${more}; if that is meant, raise spec.rollout.maxRemovals to ${held.length}`;
}
