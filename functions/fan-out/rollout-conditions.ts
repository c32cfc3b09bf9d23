import type { Placement } from '../cluster-selector/placement.ts';
import type { RolloutStatus } from '../generated/types.ts';
import { formatProblem, formatProblems } from '../kube/problem.ts';
import { shorten } from '../kube/shorten.ts';
import type { FunctionCondition } from '../runtime/composition-function.ts';
import type { RolloutPlan } from './rollout-facts.ts';

/** Returns the conditions that say how the composite is, beside those of core. */
export function rolloutConditions(
  placement: Placement,
  plan: RolloutPlan,
  status: RolloutStatus,
  notes: readonly string[] = [],
): readonly FunctionCondition[] {
  const { problems, moves } = plan;
  const isPlaced = placement.summary.reason === 'Placed';
  const rolledOut = status.phase === 'Healthy';
  return [
    { type: 'Valid', status: 'True', reason: 'Valid', message: '' },
    { type: 'Placed', status: isPlaced ? 'True' : 'False', ...placement.summary },
    problems.length === 0
      ? { type: 'Rendered', status: 'True', reason: 'Rendered', message: shorten(notes.join('; '), maxNotesLength) }
      : { type: 'Rendered', status: 'False', reason: 'Problems', message: formatProblems(problems) },
    {
      type: 'RolledOut',
      status: rolledOut ? 'True' : 'False',
      reason: status.phase ?? 'Pending',
      message: progressMessage(status, plan),
    },
    moves.held.length === 0
      ? { type: 'RemovalHeld', status: 'False', reason: 'NothingHeld', message: '' }
      : {
          type: 'RemovalHeld',
          status: 'True',
          reason: 'TooManyRemovals',
          message: heldMessage(moves.held, status.revision),
        },
  ];
}

/** How much is told of what a renderer has changed. */
const maxNotesLength = 1024;

/** How many clusters that are unwell are named, and how much is told of each thing that is in the way. */
const maxNamed = 3;
const maxPartLength = 512;

function progressMessage({ clusters, revision, rollout, assignments = [] }: RolloutStatus, plan: RolloutPlan): string {
  if (clusters === undefined) return '';
  const { desired, updated, healthy, leaving = 0 } = clusters;
  const { held } = plan.moves;
  const progress = [
    `${updated} of ${desired} clusters have revision ${revision ?? 'none'}`,
    `${healthy} are healthy`,
    ...(held.length > 0 ? [`${held.length} should leave`] : []),
    ...(leaving > 0 ? [`${leaving} leaving`] : []),
  ].join(', ');
  const [problem] = plan.problems;
  const obstacle = rollout?.brakes?.join('; ') ?? rollout?.message ?? (problem && formatProblem(problem));
  const unwell = assignments.filter(({ phase }) => phase === 'Unreachable' || phase === 'Failed');
  const named = unwell.slice(0, maxNamed).map(({ cluster, phase, message }) => `${cluster}: ${message ?? phase}`);
  const more = unwell.length - named.length;
  const parts = [...(obstacle === undefined ? [] : [obstacle]), ...named].map((part) => shorten(part, maxPartLength));
  return [progress, ...parts, ...(more > 0 ? [`${more} more like these`] : [])].join('; ');
}

function heldMessage(held: readonly string[], revision: string | undefined): string {
  const names = held.slice(0, 10).join(', ');
  const more = held.length > 10 ? ` and ${held.length - 10} more` : '';
  return `${held.length} clusters should leave, more than may without approval: ${names}${more}; if that is meant, approve of it (crossply rollout approve), with exactly these clusters as removals of revision ${revision ?? 'none'}, or raise spec.rollout.maxRemovals to ${held.length}`;
}
