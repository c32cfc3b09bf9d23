import type { Placement } from '../cluster-selector/placement.ts';
import type { RolloutStatus } from '../generated/types.ts';
import { formatProblem } from '../kube/problem.ts';
import { shorten } from '../kube/shorten.ts';
import { shortRevision } from '../revision/revision-content.ts';
import type { PlacedAssignment } from '../slices/placed-assignment.ts';
import type { RolloutPlan } from './rollout-facts.ts';

/** Most entries that a status lists: a report stays readable, and the composite small, however large the fleet. */
const maxAssignments = 100;
/** How much of what is in the way of one cluster is told; a hundred of them stay within a tenth of what an object may have. */
const maxReasonLength = 300;
const maxMessageLength = 1024;

/** Returns how each cluster fares, those that are not well first, and why those that get no update get none. */
export function reportAssignments(
  placement: Placement,
  plan: RolloutPlan,
  current: readonly PlacedAssignment[],
): NonNullable<RolloutStatus['assignments']> {
  const { waiting } = plan.moves;
  const setOf = new Map(placement.chosen.map(({ facts, clusterSet }) => [facts.name, clusterSet.name]));
  const present = new Set(current.map(({ assignment }) => assignment.cluster));
  const whyKept = explainKept(placement, plan);
  const rows = current.map(({ assignment: { cluster, revision, state }, status }) => {
    const kept = waiting.get(cluster) ?? (state === 'Assigned' ? whyKept(cluster) : undefined);
    const parts = [...new Set([kept, status?.messages?.[0]].flatMap((part) => part ?? []))];
    return {
      cluster,
      clusterSet: setOf.get(cluster) ?? '',
      revision: shortRevision(revision),
      phase: status?.phase ?? 'Applying',
      ...(parts.length > 0 && { message: shorten(parts.join('; '), maxMessageLength) }),
    };
  });
  const joining = [...waiting]
    .filter(([cluster]) => !present.has(cluster))
    .map(([cluster, message]) => ({
      ...{ cluster, clusterSet: setOf.get(cluster) ?? '', phase: 'Waiting' },
      message: shorten(message, maxMessageLength),
    }));
  return [...rows, ...joining]
    .sort((a, b) => Number(a.phase === 'Healthy') - Number(b.phase === 'Healthy') || (a.cluster < b.cluster ? -1 : 1))
    .slice(0, maxAssignments);
}

/** Says why a cluster that waits for nothing is not brought up to date: it should leave, or nothing may change anywhere. */
function explainKept({ mode, verdicts }: Placement, { moves, problems, wanted }: RolloutPlan) {
  const known = new Map(verdicts.map((verdict) => [verdict.cluster, verdict]));
  const held = new Set(moves.held);
  const [problem] = problems;
  return (cluster: string): string | undefined => {
    const verdict = known.get(cluster);
    const reason = (why: string) => shorten(why, maxReasonLength);
    if (verdict?.verdict === 'Leaving') {
      const obstacle = held.has(cluster) ? '; held, because more clusters should leave than may without approval' : '';
      return `should leave: ${reason(verdict.reason)}${obstacle}`;
    }
    if (problem === undefined || wanted.has(cluster)) return undefined;
    const isUnplaced = mode === 'KeepLastGood' && verdict !== undefined;
    const why = isUnplaced ? verdict.reason : formatProblem(problem).replace(/; what runs is kept$/, '');
    return `kept as it is: ${reason(why)}`;
  };
}
