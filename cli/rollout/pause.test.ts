import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatProblems } from '../../functions/kube/problem.ts';
import { pauseRollout, resumeRollout } from './pause.ts';
import { sampleSubject } from './sample-subject.ts';
import { patchOf } from './subject.ts';

const paused = { rollout: { paused: true } };

test('a pause is an edit of its own, under the name of who makes it', () => {
  const { value, problems } = pauseRollout(sampleSubject());
  assert.equal(problems, undefined);
  assert.deepEqual(value && patchOf(value, 'carol'), {
    metadata: { annotations: { 'crossply.dev/last-editor': 'carol' } },
    spec: { rollout: { paused: true } },
  });
  assert.match(value?.said ?? '', /^App team\/web is paused: /);
  assert.deepEqual(resumeRollout(sampleSubject(paused)).value, {
    rollout: { paused: null },
    said: 'App team/web goes on',
  });
});

test('what is so already is refused', () => {
  assert.equal(formatProblems(pauseRollout(sampleSubject(paused)).problems ?? []), 'App team/web is paused already');
  assert.equal(formatProblems(resumeRollout(sampleSubject()).problems ?? []), 'App team/web is not paused');
});

test('resume says what else stops it', () => {
  const brakes = ['AndonCord stop: it is broken', 'paused by spec.rollout.paused'];
  const { value } = resumeRollout(sampleSubject({ ...paused, progress: { brakes } }));
  assert.match(value?.said ?? '', /not paused any more, but it is stopped by: AndonCord stop: it is broken$/);
});
