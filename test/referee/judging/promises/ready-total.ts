import { askedReplicas } from '../asked-content.ts';
import { type Counted, countedReplicas, mostCounted } from '../counted-replicas.ts';
import type { Finding } from '../finding.ts';
import { field } from '../json-field.ts';
import { judgeLine } from '../judge.ts';
import { policySteps } from '../policy-steps.ts';
import { decidedFrom, isExcused } from '../reach.ts';
import { during, heldSince, type Steps } from '../steps.ts';
import type { CompositeLine, Standing, Timeline } from '../timeline.ts';

/** A cluster that gave up replicas of a workload. */
type Drop = { readonly cluster: string; readonly workload: string; readonly at: number; readonly from: number };

/** Finds clusters that gave up divided replicas before those that took them could be counted on, so that fewer were left than people had asked for in all. */
export const readyTotalHolds = judgeLine((timeline, line) => {
  const workloads = new Set([...line.standing.values()].flatMap(workloadsOf));
  return [...workloads].flatMap((workload) => {
    const counts = new Map([...line.standing].map(([name, steps]) => [name, countedReplicas(steps, workload)]));
    return [...counts]
      .flatMap(([cluster, steps]) => dropsOf(timeline, cluster, workload, steps))
      .flatMap((drop) => judgeDrop(timeline, line, counts, drop));
  });
});

function workloadsOf(steps: Steps<Standing>): readonly string[] {
  return steps.flatMap(({ value }) => Object.keys(value.replicas));
}

function dropsOf(timeline: Timeline, cluster: string, workload: string, steps: Steps<Counted>): readonly Drop[] {
  return steps.flatMap((step, index) => {
    const before = steps[index - 1]?.value.wanted ?? 0;
    if (step.value.wanted >= before) return [];
    return [{ cluster, workload, at: step.at, from: decidedFrom(timeline, cluster, step.at) }];
  });
}

function judgeDrop(
  timeline: Timeline,
  line: CompositeLine,
  counts: ReadonlyMap<string, Steps<Counted>>,
  drop: Drop,
): readonly Finding[] {
  const asked = leastAsked(line, drop);
  if (asked === undefined || isForgiven(timeline, line, drop)) return [];
  const sum = (moment: number) =>
    [...counts.values()].reduce((total, steps) => total + mostCounted(steps, Math.min(drop.from, moment), moment), 0);
  const [before, after] = [sum(drop.at - 1), sum(drop.at)];
  if (before < asked || after >= asked) return [];
  const says = `${drop.cluster} gave up replicas of ${drop.workload}: ${before} could be counted on before and ${after} after, of ${asked} that were asked for`;
  return [{ at: drop.at, promise: 'what grows goes before what shrinks', about: '', says }];
}

/** The fewest replicas in all that people asked for when it was decided; nothing where they are not divided, or how many fit is not told by the spec. */
function leastAsked({ wishes }: CompositeLine, { workload, at: moment, from }: Drop): number | undefined {
  const asked = during(wishes, from, moment).map(({ value }) => {
    const division = field(value?.spec, 'placement', 'replicas');
    const isPlain = ['capacity', 'maxPerCluster'].every((name) => field(division, name) === undefined);
    return field(division, 'mode') === 'Divided' && isPlain ? askedReplicas(value?.spec)[workload] : undefined;
  });
  return asked.includes(undefined) ? undefined : Math.min(...asked.flatMap((each) => each ?? []));
}

/** Tells whether somebody was lost or refused changes, or has failed where some may, so that it need not be waited for. */
function isForgiven(timeline: Timeline, line: CompositeLine, { at: moment, from }: Drop): boolean {
  const waves = during(policySteps(timeline, line), from, moment).flatMap(({ value }) => value.waves);
  const longest = Math.max(0, ...waves.map(({ deadlineMs }) => deadlineMs));
  const shortest = Math.min(longest, ...waves.map(({ deadlineMs }) => deadlineMs));
  const mayFail = waves.some(({ maxFailures }) => maxFailures !== 0);
  return [...line.standing].some(([cluster, steps]) => {
    if (isExcused(timeline, cluster, from - longest, moment)) return true;
    const unwellSince = heldSince(steps, moment, ({ content, isHealthy }) => content !== '' && !isHealthy);
    return mayFail && unwellSince !== undefined && unwellSince <= moment - shortest + timeline.lagMs;
  });
}
