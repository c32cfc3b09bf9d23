import assert from 'node:assert/strict';
import { test } from 'node:test';
import { stringify } from 'yaml';
import { courses } from '../courses/check-courses.ts';
import { sayFinding } from '../judging/finding.ts';
import { placementCourse } from './placement-course.ts';
import { playPlacement } from './play-placement.ts';

/** A seed that is to be played alone. */
const only = process.env['REFEREE_SEED'];
const seeds = only === undefined ? Array.from({ length: courses }, (_, index) => index + 1) : [Number(only)];

test(`Apps that share the room of a fleet keep what is promised of placement: ${seeds.length} random courses`, async () => {
  const broken: string[] = [];
  for (const seed of seeds) {
    const course = placementCourse(seed);
    const findings = await playPlacement(course, seed);
    if (findings.length > 0) broken.push([`seed ${seed}`, ...findings.map(sayFinding), stringify(course)].join('\n'));
  }
  assert.ok(broken.length === 0, broken.join('\n\n'));
});
