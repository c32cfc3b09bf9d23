import { ancestors, type Policy, policyAt } from './policy.ts';
import type { Steps } from './steps.ts';
import type { CompositeLine, Timeline } from './timeline.ts';

const known = new WeakMap<CompositeLine, Steps<Policy>>();

/** Returns a composite's policy over time; worked out once. */
export function policySteps(timeline: Timeline, line: CompositeLine): Steps<Policy> {
  const found = known.get(line);
  if (found !== undefined) return found;
  const moments = new Set(
    line.wishes.flatMap(({ at }) =>
      ancestors(timeline, line, at).flatMap(({ wishes }) => wishes.map((wish) => wish.at)),
    ),
  );
  const steps = [...moments]
    .sort((a, b) => a - b)
    .map((at) => ({ at, value: policyAt(timeline, line, at) }))
    .filter(({ value }, index, all) => index === 0 || JSON.stringify(value) !== JSON.stringify(all[index - 1]?.value));
  known.set(line, steps);
  return steps;
}
