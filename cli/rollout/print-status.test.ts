import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nextSteps } from './next-step.ts';
import { printStatus } from './print-status.ts';
import { type Sample, sampleApp, sampleSubject, sampleWave } from './sample-subject.ts';
import { readSubject } from './subject.ts';

const now = Date.UTC(2026, 0, 1, 10, 30);
const commands = (sample: Sample) => nextSteps(sampleSubject(sample)).map(({ command }) => command);

test('a rollout is told wave by wave, with what it waits for, what was before and what would help', () => {
  const assignments = [
    { cluster: 'eu-1', phase: 'Healthy' },
    { cluster: 'eu-2', phase: 'Unhealthy', message: 'Deployment web: 0 of 3 are ready' },
  ];
  assert.equal(
    printStatus(sampleSubject({ status: { assignments } }), now),
    [
      'App team/web  Progressing  revision r2  rollout 2, by anna  began 2026-01-01T10:00:00Z, 30m ago',
      '  waits for 1 of 2 approvals of revision r2',
      '',
      '  WAVE    STATE    CLUSTERS  UPDATED  HEALTHY  OPENED   WAITS FOR',
      '  canary  Done     1         1        1        30m ago',
      '  prod    Waiting  3         0        0        -        waits for 1 of 2 approvals of revision r2',
      '',
      'not done:',
      '  eu-2  Unhealthy  Deployment web: 0 of 3 are ready',
      '',
      'history:',
      '  ROLLOUT  REVISION  BY   STARTED               ENDED                 OUTCOME',
      '  1        r1        bob  2025-12-24T10:00:00Z  2025-12-24T10:05:00Z  Completed',
      '',
      'next:',
      '  crossply rollout approve app/web -n team --wave prod  wave prod waits for approval',
    ].join('\n'),
  );
});

test('brakes, rejections, failures and approvers are told where there are any', () => {
  const printed = printStatus(
    sampleSubject({
      progress: {
        brakes: ['AndonCord stop: it is broken'],
        direction: 'Back',
        nextDecisionAt: '2026-01-01T11:00:00Z',
        rejected: [{ revision: 'r2', attempt: 1, at: '2026-01-01T10:10:00Z', reason: '1 of wave canary failed' }],
        waves: [sampleWave('canary', { failed: 1, approvedBy: ['bob'] })],
      },
    }),
    now,
  );
  assert.match(printed, / rollout 2, back, by anna /);
  assert.match(printed, /\n {2}stopped: AndonCord stop: it is broken\n/);
  assert.match(printed, /FAILED +OPENED +APPROVED BY[^\n]*\n {2}canary +Waiting +3 +0 +0 +1 +- +bob/);
  assert.match(printed, /\nrolled back:\n {2}r2 +attempt 1 +2026-01-01T10:10:00Z +1 of wave canary failed\n/);
  assert.match(printed, /\nnext:\n {2}kubectl delete andoncord stop /);
  const waiting = printStatus(sampleSubject({ progress: { nextDecisionAt: '2026-01-01T11:00:00Z' } }), now);
  assert.match(waiting, /\(decided again in 30m\)/);
});

test('what has not begun and what has ended is told in one line', () => {
  const fresh = readSubject({ ...sampleApp(), status: {} });
  assert.match(printStatus(fresh, now), /no rollout has begun yet/);
  const ended = sampleSubject({ progress: { endedAt: '2026-01-01T10:05:00Z' } });
  assert.match(printStatus(ended, now), /ended 2026-01-01T10:05:00Z after 5m\n/);
});

test('long lists of clusters are cut', () => {
  const assignments = Array.from({ length: 30 }, (_, index) => ({ cluster: `c-${index}`, phase: 'Applying' }));
  assert.match(printStatus(sampleSubject({ status: { assignments } }), now), /\n {2}and 20 more\n/);
});

test('the next step is the one that would help', () => {
  const none = { waves: [], message: 'goes on' } as const;
  const rejected = [{ revision: 'r3', attempt: 1, at: '2026-01-01T10:10:00Z', reason: 'failed' }];
  assert.deepEqual(commands({ progress: none }), []);
  assert.deepEqual(commands({ progress: { brakes: ['the Tier is frozen: audit'] } }), []);
  assert.deepEqual(commands({ progress: { brakes: ['paused by spec.rollout.paused'] } }), [
    'crossply rollout resume app/web -n team',
  ]);
  assert.deepEqual(commands({ progress: none, conditions: [{ type: 'RemovalHeld', status: 'True' }] }), [
    'crossply rollout approve app/web -n team --removals',
  ]);
  assert.deepEqual(commands({ progress: none, status: { phase: 'Degraded' } }), [
    'crossply rollout rollback app/web -n team',
  ]);
  assert.deepEqual(commands({ progress: { ...none, direction: 'Back', rejected } }), [
    'crossply rollout retry app/web -n team',
  ]);
  assert.deepEqual(commands({ progress: none, rollout: { rollbackTo: 'r1' } }), [
    'crossply rollout rollback app/web -n team --undo',
  ]);
});

test('what the objects of a cluster say is told with its cause, and a cluster that is kept as it is says why', () => {
  const refusal = `Job/migrate: Job.batch "migrate" is invalid: spec.template: Invalid value: ${'x'.repeat(900)}: field is immutable`;
  const assignments = [
    { cluster: 'eu-1', phase: 'Failed', message: refusal },
    { cluster: 'eu-2', phase: 'Healthy', message: 'should leave: taint x:NoExecute' },
    { cluster: 'eu-3', phase: 'Healthy' },
  ];
  const printed = printStatus(sampleSubject({ status: { assignments } }), now);
  assert.match(
    printed,
    /\nnot done:\n {2}eu-1 {2}Failed +Job\/migrate: .*….*: field is immutable\n {2}eu-2 {2}Healthy {2}should leave/,
  );
  assert.doesNotMatch(printed, /eu-3/);
});

test('a wave without clusters is told with its message', () => {
  const waves = [sampleWave('europe', { state: 'Done', clusters: 0, message: 'no chosen cluster has region=eu' })];
  assert.match(
    printStatus(sampleSubject({ progress: { waves } }), now),
    /\n {2}europe +Done +0 .* no chosen cluster has region=eu\n/,
  );
});
