import { standingAt } from './cluster-health.ts';
import { isHomeless } from './homeless.ts';
import { policySteps } from './policy-steps.ts';
import { isExcused } from './reach.ts';
import type { Begin, Rollout } from './rollout.ts';
import { during } from './steps.ts';
import type { Timeline } from './timeline.ts';
import { type Course, membersOf, type Turn } from './turn.ts';
import { whyUnfinished } from './wave-completion.ts';
import { fitsWave, selectionOf, sizeOf, takesAll } from './wave-fit.ts';

/** What must hold when a cluster begins. */
export type Rule = {
  /** Returns why it does not hold, or nothing. */
  readonly whyNot: (turn: Turn) => string | undefined;
  /** Whether it binds only clusters that begin in their turn, and not one that comes back after its wave. */
  readonly inTurnOnly?: true;
};

/** Where no course is possible any more. */
export type DeadEnd = { readonly begin: Begin; readonly why: string };

/** A cluster that has waited for its ComputeNamespace begins so long after it has it. */
const homelessMs = 10_000;

/** More possible courses than these are not told apart: what cannot be told apart is not called wrong. */
const mostCourses = 2000;

/**
 * Returns the first cluster of a rollout whose beginning no distribution of the clusters to the waves can explain, when waves
 * go one after the other and the rules hold; undefined when some distribution explains all. Which clusters a wave draws is
 * not the referee's affair, so any that its number and labels allow will do.
 */
export function findDeadEnd(timeline: Timeline, rollout: Rollout, rules: readonly Rule[]): DeadEnd | undefined {
  let courses: readonly Course[] = [{ waves: [], open: undefined }];
  for (const begin of rollout.begins) {
    const reasons = new Map<string, number>();
    const next = courses.flatMap((course) => continueCourse(timeline, rollout, begin, course, rules, reasons));
    if (next.length === 0)
      return { begin, why: [...reasons].sort((a, b) => b[1] - a[1])[0]?.[0] ?? 'belongs to no wave' };
    courses = distinct(next);
    if (courses.length > mostCourses) return undefined;
  }
  return undefined;
}

function continueCourse(
  timeline: Timeline,
  rollout: Rollout,
  begin: Begin,
  course: Course,
  rules: readonly Rule[],
  reasons: Map<string, number>,
): readonly Course[] {
  const policies = during(policySteps(timeline, rollout.line), begin.at - timeline.lagMs, begin.at);
  return policies.flatMap(({ value: policy }): Course[] => {
    const found: Course[] = [];
    const current = Math.max(
      0,
      policy.waves.findIndex(({ name }) => name === course.open),
    );
    for (const [place, wave] of policy.waves.entries()) {
      if (place < current) continue;
      const turn = { timeline, rollout, policy, begin, wave, place, course };
      const before = policy.waves[place - 1];
      const unfinished = place > current && before !== undefined ? whyUnfinished({ ...turn, wave: before }) : undefined;
      if (unfinished !== undefined) {
        reasons.set(unfinished, place);
        break;
      }
      const misfit = whyNotIn(turn);
      const broken = misfit ?? firstBroken(rules, turn);
      if (broken === undefined) found.push({ waves: [...course.waves, wave.name], open: wave.name });
      else reasons.set(broken, misfit === undefined ? policy.waves.length + place : place - 0.5);
    }
    if (hasReasonToBeLate(timeline, rollout, begin)) {
      const late = policy.waves.slice(0, current + 1).entries();
      const turns = [...late].map(([place, wave]) => ({ timeline, rollout, policy, begin, wave, place, course }));
      const always = rules.filter(({ inTurnOnly }) => inTurnOnly !== true);
      const broken = turns.filter(mayHaveBeenIn).map((turn) => firstBroken(always, turn));
      if (broken.includes(undefined)) found.push({ ...course, waves: [...course.waves, undefined] });
      else for (const why of broken) if (why !== undefined) reasons.set(why, policy.waves.length * 2);
    }
    return found;
  });
}

function firstBroken(rules: readonly Rule[], turn: Turn): string | undefined {
  for (const rule of rules) {
    const why = rule.whyNot(turn);
    if (why !== undefined) return why;
  }
  return undefined;
}

/** Why a cluster cannot be of a wave at all: the wave has as many as it takes, or the labels are others. */
function whyNotIn({ timeline, rollout, begin, wave, course }: Turn): string | undefined {
  if (wave.clusterSelector !== undefined && !fitsWave(timeline, wave, begin.cluster, [rollout.at, begin.at], 'Once'))
    return `its labels are not those of wave ${wave.name}`;
  const { most } = sizeOf(timeline, rollout, wave);
  const members = membersOf(course, rollout, wave.name).length;
  return takesAll(wave) || wave.clusterSelector !== undefined || members < most
    ? undefined
    : `wave ${wave.name} has its ${most} clusters already`;
}

/** A cluster that has joined meanwhile, that was away, held or relabelled, or that other waves were made for meanwhile, may come after its wave has passed. */
function hasReasonToBeLate(timeline: Timeline, rollout: Rollout, begin: Begin): boolean {
  if (rollout.begins[0] === begin) return false;
  const span = [rollout.at, begin.at] as const;
  const profile = timeline.clusters.get(begin.cluster)?.profile ?? [];
  const isNew = !rollout.isFirst && standingAt(rollout, begin.cluster, rollout.at).content === '';
  const isRelabelled = new Set(during(profile, ...span).map(({ value }) => JSON.stringify(value?.labels))).size > 1;
  const selections = during(policySteps(timeline, rollout.line), ...span).map(({ value }) => selectionOf(value));
  if (isHomeless(timeline, rollout, begin.cluster, begin.at - homelessMs - timeline.lagMs, begin.at)) return true;
  return isNew || isExcused(timeline, begin.cluster, ...span) || isRelabelled || new Set(selections).size > 1;
}

function mayHaveBeenIn({ timeline, rollout, begin, wave }: Turn): boolean {
  return wave.clusterSelector === undefined || fitsWave(timeline, wave, begin.cluster, [rollout.at, begin.at], 'Once');
}

function distinct(courses: readonly Course[]): readonly Course[] {
  return [...new Map(courses.map((course) => [JSON.stringify(course), course])).values()];
}
