import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { RolloutProgress } from '../../functions/generated/types.ts';
import type { Checked } from '../../functions/kube/problem.ts';
import { formatProblems } from '../../functions/kube/problem.ts';
import { approveRemovals, approveWave, type Word } from './approve.ts';
import { awaitedApproval } from './awaited-approval.ts';
import { type Sample, sampleSubject, sampleWave } from './sample-subject.ts';

const yes: Word = { approver: 'bob', decision: 'Approve' };
const no: Word = { approver: 'anna', decision: 'Reject', reason: 'too late' };
const told = ({ problems = [] }: Checked<unknown>) => formatProblems(problems);

test('the wave that waits for it is approved of, at the present revision, under one’s own name', () => {
  const expiresAt = '2026-01-01T11:00:00Z';
  assert.deepEqual(approveWave(sampleSubject(), { ...yes, reason: 'tested', expiresAt }).value, {
    apiVersion: 'crossply.dev/v1alpha1',
    kind: 'Approval',
    metadata: { generateName: 'web-prod-', namespace: 'team' },
    spec: {
      for: { kind: 'App', name: 'web' },
      revision: 'r2',
      wave: 'prod',
      decision: 'Approve',
      approver: 'bob',
      reason: 'tested',
      expiresAt,
    },
  });
});

test('who made the change may reject it, and so may others while nobody is known to have made it', () => {
  assert.equal(approveWave(sampleSubject(), no).problems, undefined);
  assert.equal(approveWave(sampleSubject({ editor: '' }), no, 'prod').problems, undefined);
});

test('all clusters that are held are approved of together', () => {
  const { spec } = approveRemovals(sampleSubject(), yes, ['a', 'b']).value ?? {};
  assert.deepEqual(spec, {
    ...{ for: { kind: 'App', name: 'web' }, revision: 'r2', removals: ['a', 'b'] },
    ...{ decision: 'Approve', approver: 'bob' },
  });
  assert.match(told(approveRemovals(sampleSubject(), yes, [])), /^no cluster of App team\/web is held/);
});

const ended: Partial<RolloutProgress> = {
  endedAt: '2026-01-01T10:09:00Z',
  waves: [sampleWave('prod', { state: 'Done' })],
};

const refusals: {
  readonly [why: string]: readonly [sample: Sample, word: Word, wave: string | undefined, problem: RegExp];
} = {
  'where nothing waits': [
    { progress: { waves: [sampleWave('prod', { state: 'Open' })], message: 'goes on' } },
    ...[yes, undefined, /^nothing of App team\/web waits for approval: goes on$/],
  ] as const,
  'after the end': [{ progress: ended }, yes, undefined, /: its last rollout ended at 2026-01-01T10:09:00Z$/],
  'of a wave after the end': [{ progress: ended }, yes, 'prod', /: its last rollout ended at 2026-01-01T10:09:00Z$/],
  'of a mistyped wave': [{}, yes, 'prd', /^--wave: App team\/web has no wave "prd"; did you mean "prod"\?$/],
  'of a wave that is not there': [{}, yes, 'night', /has no wave "night"; there are canary, prod$/],
  'of a wave that is open': [{}, yes, 'canary', /^wave canary of App team\/web was opened at \S+ and needs no word/],
  'too late to reject': [{}, no, 'canary', /crossply rollout pause or rollback stops what goes on$/],
  'of one’s own change': [{ editor: 'bob' }, yes, undefined, /^you \(bob\) made the last change .* somebody else/],
  'of the change that began the rollout': [
    { progress: { by: 'bob' } },
    yes,
    undefined,
    /^you \(bob\) made the last change/,
  ],
  'of nobody’s change': [{ editor: '' }, yes, undefined, /^no approval of App team\/web counts, because nobody knows/],
};

for (const [why, [sample, word, wave, problem]] of Object.entries(refusals)) {
  test(`a word ${why} is refused`, () => {
    assert.match(told(approveWave(sampleSubject(sample), word, wave)), problem);
  });
}

test('the first wave that waits for approval is found', () => {
  const waves = [
    sampleWave('a', { message: 'soaks for 1h until 2026-01-01T11:00:00Z' }),
    sampleWave('b', { approvals: { given: 1, wanted: 3, clusters: ['eu-1'] } }),
    sampleWave('c', { approvals: { given: 0, wanted: 1 } }),
  ];
  assert.deepEqual(awaitedApproval({ waves }), { wave: 'b', missing: 2, quorum: 3, clusters: ['eu-1'] });
  assert.equal(awaitedApproval({ waves: waves.slice(0, 1) }), undefined);
});

test('an approval names the clusters that the status shows, so that it counts for no others', () => {
  const waves = [sampleWave('b', { approvals: { given: 0, wanted: 1, clusters: ['eu-1', 'eu-2'] } })];
  const clustersOf = (word: Word) => {
    const { value } = approveWave(sampleSubject({ progress: { waves } }), word);
    return (value?.spec as { clusters?: readonly string[] } | undefined)?.clusters;
  };
  assert.deepEqual(clustersOf({ approver: 'bob', decision: 'Approve' }), ['eu-1', 'eu-2']);
  assert.equal(clustersOf({ approver: 'bob', decision: 'Reject', reason: 'no' }), undefined);
});
