import { askedContent, askedReplicas } from '../asked-content.ts';
import { sayMs } from '../duration.ts';
import { field } from '../json-field.ts';
import { judgeLine } from '../judge.ts';
import { policyAt } from '../policy.ts';
import { isExcused } from '../reach.ts';
import { at, during } from '../steps.ts';
import { nothing } from '../timeline.ts';
import { isHeldBack } from './brakes.ts';

const scaledWithinMs = 60_000;

/** Finds clusters that did not get another number of replicas at once, while nothing else was under way. */
export const scalesAtOnce = judgeLine((timeline, line) =>
  line.wishes.flatMap(({ at: moment, value }, index) => {
    const before = line.wishes[index - 1]?.value;
    const due = moment + scaledWithinMs + timeline.lagMs;
    const next = line.wishes[index + 1]?.at ?? timeline.endsAt;
    if (before === undefined || value === undefined || next < due || due > timeline.endsAt) return [];
    const isOnlyScaled =
      askedContent(before.spec) === askedContent(value.spec) && samePlacement(before.spec, value.spec);
    const divides = JSON.stringify(field(value.spec, 'placement') ?? {}).includes('Divided');
    if (!isOnlyScaled || divides || !policyAt(timeline, line, moment).scaleImmediately) return [];
    if (isHeldBack(timeline, line, moment, due) || at(line.told, moment)?.phase !== 'Healthy') return [];
    const asked = askedReplicas(value.spec);
    const late = [...line.standing].filter(([cluster, steps]) => {
      const wasHere = during(steps, moment, due).every((step) => step.value.content !== '');
      const { replicas } = at(steps, due) ?? nothing;
      const isOther = Object.entries(replicas).some(
        ([name, count]) => asked[name] !== undefined && asked[name] !== count,
      );
      return wasHere && isOther && !isExcused(timeline, cluster, moment, due);
    });
    if (late.length === 0) return [];
    const names = late.map(([cluster]) => cluster).join(', ');
    const says = `${names} did not have the new replicas ${sayMs(due - moment)} after they were asked for`;
    return [{ at: due, promise: 'replicas alone go at once', about: '', says }];
  }),
);

function samePlacement(before: unknown, after: unknown): boolean {
  return JSON.stringify(field(before, 'placement')) === JSON.stringify(field(after, 'placement'));
}
