import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatProblems } from '../../functions/kube/problem.ts';
import { rollBack, undoRollback } from './roll-back.ts';
import { type Sample, sampleSubject } from './sample-subject.ts';

const kept = ['r3', 'r2', 'r1', 'r0'];
const past = (number: number, outcome: 'Completed' | 'Superseded' | 'RolledBack') => ({
  ...{ number, revision: `r${number}`, outcome },
  ...{ startedAt: '2026-01-01T00:00:00Z', endedAt: '2026-01-01T00:01:00Z' },
});

const targets: { readonly [why: string]: readonly [sample: Sample, to: string | undefined, revision: string] } = {
  'what was healthy everywhere, in the middle of a rollout': [{}, undefined, 'r1'],
  'the one before that was completed, when all is healthy': [
    { progress: { stable: 'r2', history: [past(2, 'Completed'), past(1, 'RolledBack'), past(0, 'Completed')] } },
    undefined,
    'r0',
  ],
  'the one that is named': [{}, 'r3', 'r3'],
  'the present one, when clusters are held at another': [{ rollout: { rollbackTo: 'r1' } }, 'r2', 'r2'],
};

for (const [why, [sample, to, revision]] of Object.entries(targets)) {
  test(`clusters go back to ${why}`, () => {
    const { value } = rollBack(sampleSubject(sample), kept, to);
    assert.deepEqual(value?.rollout, { rollbackTo: revision });
    assert.match(value?.said ?? '', /until crossply rollout rollback app\/web -n team --undo$/);
  });
}

const refusals: { readonly [why: string]: readonly [sample: Sample, to: string | undefined, problem: string] } = {
  'a revision that is not kept': [{}, 'q9', 'revision "q9" of App team/web is not kept; kept are r3, r2, r1, r0'],
  'one that is there already': [{}, 'r2', 'App team/web goes to revision r2 already; kept are r3, r2, r1, r0'],
  'one that is asked for already': [
    { rollout: { rollbackTo: 'r1' }, status: { revision: 'r1' } },
    'r1',
    'App team/web is held at revision r1 already; see how far it is with crossply rollout status',
  ],
  'nothing that was healthy before': [
    { progress: { stable: 'r2', history: [past(2, 'Completed'), past(1, 'Superseded')] } },
    undefined,
    'App team/web has run no other revision that was healthy everywhere and is kept; name one with --to; kept are r3, r2, r1, r0',
  ],
};

for (const [why, [sample, to, problem]] of Object.entries(refusals)) {
  test(`a rollback to ${why} is refused`, () => {
    assert.equal(formatProblems(rollBack(sampleSubject(sample), kept, to).problems ?? []), problem);
  });
}

test('where no revision is kept, that is said', () => {
  assert.match(formatProblems(rollBack(sampleSubject(), [], 'r1').problems ?? []), /is not kept; none is kept$/);
});

test('a rollback is undone by taking its field away, if it is there', () => {
  assert.deepEqual(undoRollback(sampleSubject({ rollout: { rollbackTo: 'r1' } })).value?.rollout, { rollbackTo: null });
  assert.match(formatProblems(undoRollback(sampleSubject()).problems ?? []), /is not held at any revision/);
});
