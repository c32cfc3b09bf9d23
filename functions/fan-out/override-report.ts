import type { RolloutStatus } from '../generated/types.ts';
import { targets } from '../revision/apply-overrides.ts';
import type { PlacedAssignment } from '../slices/placed-assignment.ts';
import type { RolloutPlan } from './rollout-facts.ts';

/** Says for every override how many clusters it changes, and why when it changes none; while nothing may move, those that it changes now. */
export function reportOverrides(
  { target, wanted, problems }: RolloutPlan,
  assigned: readonly PlacedAssignment[],
): NonNullable<RolloutStatus['overrides']> {
  const assignments = wanted.size > 0 ? [...wanted.values()] : assigned.map(({ assignment }) => assignment);
  const templates = Object.values(target?.content.templates ?? {});
  return (target?.content.overrides ?? []).map((override, index) => {
    const clusters = assignments.filter(({ overrides = [] }) => overrides.includes(index)).length;
    const hitsManifest = templates.some((template) => targets(override, template));
    const ofKind = templates.filter(({ kind }) => kind === override.target.kind);
    const names = ofKind.map(({ metadata }) => metadata.name).sort();
    const problem = !hitsManifest
      ? `no manifest is a ${override.target.kind} named "${override.target.name ?? ''}"; there ${names.length === 0 ? 'is none of that kind' : `are ${names.join(', ')}`}`
      : clusters === 0 && problems.length === 0
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
