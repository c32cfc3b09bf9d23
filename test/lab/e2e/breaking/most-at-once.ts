import type { Assignment, AssignmentSliceSpec, AssignmentSliceStatus } from '../../../../functions/generated/types.ts';
import { entryHash } from '../../../../functions/slices/placed-assignment.ts';
import { waitUntil } from '../../wait-until.ts';
import type { Scenario } from '../scenario.ts';

/**
 * Follows an App's slices until every cluster has its target and is healthy with it, and returns how many were on their way
 * at once, at the most. An entry and its status are read in one piece, and one that was healthy with its target once is done.
 */
export async function mostAtOnce(
  { lab, tenant }: Scenario,
  app: string,
  isTarget: (assignment: Assignment) => boolean,
): Promise<number> {
  const labels = `crossply.dev/xr=${app},crossply.dev/xr-kind=App`;
  const done = new Set<string>();
  let most = 0;
  await waitUntil(
    `App ${app} to reach all clusters`,
    async () => {
      const slices = await lab.hub.list('crossply.dev/v1alpha1', 'AssignmentSlice', { namespace: tenant, labels });
      const entries = slices.flatMap(({ spec, status = {} }) => {
        const reported = (status as AssignmentSliceStatus).assignments ?? [];
        return (spec as AssignmentSliceSpec).assignments.map((assignment) => ({
          assignment,
          isHealthy: reported.some(({ entry, phase }) => entry === entryHash(assignment) && phase === 'Healthy'),
        }));
      });
      const moved = entries.filter(({ assignment }) => isTarget(assignment));
      for (const { assignment, isHealthy } of moved) if (isHealthy) done.add(assignment.cluster);
      most = Math.max(most, moved.filter(({ assignment }) => !done.has(assignment.cluster)).length);
      if (moved.length === entries.length && moved.every(({ isHealthy }) => isHealthy)) return true;
      throw new Error(`${moved.length} of ${entries.length} clusters have the target`);
    },
    { seconds: 240 },
  );
  return most;
}
