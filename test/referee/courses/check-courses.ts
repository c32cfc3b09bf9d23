import assert from 'node:assert/strict';
import { stringify } from 'yaml';
import { sayFinding } from '../judging/finding.ts';
import type { Course } from './course.ts';
import { playCourse } from './play-course.ts';
import { randomCourse } from './random-course.ts';

/** How many courses the tests try in all. */
export const courses = Number(process.env['REFEREE_COURSES'] ?? 16);

/** A seed that is to be played alone, and made shorter if it breaks a promise. */
const only = process.env['REFEREE_SEED'];

/** Checks that random courses of edits, answers, outages and brakes break no promise. Every second seed, from the given one on. */
export async function checkCourses(firstSeed: number): Promise<void> {
  if (only !== undefined) {
    if (Number(only) % 2 === firstSeed % 2) await checkCourse(Number(only), true);
    return;
  }
  const broken: string[] = [];
  for (let seed = firstSeed; seed <= courses; seed += 2) {
    await checkCourse(seed, false).catch((error: Error) => broken.push(error.message));
  }
  assert.ok(broken.length === 0, broken.join('\n\n'));
}

async function checkCourse(seed: number, isShortened: boolean): Promise<void> {
  const course = randomCourse(seed);
  const { findings } = await playCourse(course, seed);
  const [first] = findings;
  if (first === undefined) return;
  const shown = isShortened ? await shorten(course, seed, first.promise) : { course, findings };
  const replay = `REFEREE_SEED=${seed} node --test test/referee/courses/*.test.ts plays it alone and makes it shorter`;
  throw new Error(
    [
      `seed ${seed}`,
      ...shown.findings.map(sayFinding),
      stringify(shown.course, { flowCollectionPadding: false, collectionStyle: 'flow' }),
      replay,
    ].join('\n'),
  );
}

/** Leaves out events for as long as the same promise stays broken. */
async function shorten(course: Course, seed: number, promise: string) {
  let shortest = { course, findings: (await playCourse(course, seed)).findings };
  for (let place = course.events.length - 1; place >= 0; place--) {
    const { events } = shortest.course;
    const left = events[place];
    const next = events[place + 1];
    // What comes after keeps its time.
    const kept = events
      .filter((_, index) => index !== place)
      .map((event) => (event === next ? { ...event, after: event.after + (left?.after ?? 0) } : event));
    const shorter = { ...shortest.course, events: kept };
    const { findings } = await playCourse(shorter, seed);
    if (findings.some((finding) => finding.promise === promise)) shortest = { course: shorter, findings };
  }
  return shortest;
}
