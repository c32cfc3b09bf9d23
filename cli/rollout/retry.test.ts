import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatProblems } from '../../functions/kube/problem.ts';
import { retryRollout } from './retry.ts';
import { sampleSubject } from './sample-subject.ts';

const rejected = [
  { revision: 'r2', attempt: 3, at: '2026-01-01T10:10:00Z', reason: '1 of wave canary failed' },
  { revision: 'r0', attempt: 1, at: '2025-01-01T10:10:00Z', reason: '2 of wave canary failed' },
];

test('a retry outgrows every attempt so far', () => {
  const { value } = retryRollout(sampleSubject({ progress: { direction: 'Back', rejected } }));
  assert.deepEqual(value, { rollout: { attempt: 4 }, said: 'App team/web tries revision r2 again (attempt 4)' });
  const higher = { rollout: { attempt: 7 }, progress: { direction: 'Back', rejected } } as const;
  assert.deepEqual(retryRollout(sampleSubject(higher)).value?.rollout, { attempt: 8 });
});

test('a retry needs something that was rolled back, and that nothing else holds', () => {
  const told = (sample: Parameters<typeof sampleSubject>[0]) =>
    formatProblems(retryRollout(sampleSubject(sample)).problems ?? []);
  assert.equal(
    told({}),
    'nothing of App team/web was rolled back, so there is nothing to try again; it waits for 1 of 2 approvals of revision r2',
  );
  assert.match(told({ progress: { direction: 'Forward', rejected } }), /^nothing of App team\/web was rolled back/);
  assert.equal(
    told({ rollout: { rollbackTo: 'r1' }, progress: { direction: 'Back', rejected } }),
    'a rollback by hand holds App team/web at revision r1; first run crossply rollout rollback app/web -n team --undo',
  );
});
