import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ApprovalSpec, RolloutStatus } from '../generated/types.ts';
import { approvalState, expiryOf } from './approval-state.ts';

const now = Date.UTC(2026, 0, 1, 12);
const approval: ApprovalSpec = {
  for: { kind: 'App', name: 'shop' },
  revision: '1a2b3c4d5e',
  wave: 'europe',
  decision: 'Approve',
  approver: 'bob',
};
const { wave: _, ...withoutWave } = approval;
const ofRemovals: ApprovalSpec = { ...withoutWave, removals: ['eu-1', 'eu-2'] };
const expired = { expiresAt: '2026-01-01T12:00:00Z' };

function target(approvedBy: readonly string[] = [], revision = approval.revision): RolloutStatus {
  const wave = { state: 'Waiting', clusters: 2, updated: 0, healthy: 0, failed: 0 } as const;
  return {
    revision,
    rollout: {
      waves: [
        { ...wave, name: 'canary' },
        { ...wave, name: 'europe', approvedBy },
      ],
    },
  };
}

const stateOf = (spec: ApprovalSpec, of: RolloutStatus | undefined) => approvalState(spec, of, now).state;

test('an approval of the present revision is pending until its wave says that it was counted', () => {
  assert.deepEqual(approvalState(approval, target(), now), {
    state: 'Pending',
    message: 'is for wave europe of this revision',
  });
  assert.equal(stateOf(approval, target(['alice'])), 'Pending');
  assert.deepEqual(approvalState(approval, target(['alice', 'bob']), now), {
    state: 'Used',
    message: 'bob is counted for wave europe of App shop',
  });
});

test('what another wave or another revision says does not use it', () => {
  assert.equal(stateOf({ ...approval, wave: 'canary' }, target(['bob'])), 'Pending');
  assert.deepEqual(approvalState(approval, target(['bob'], '5e4d3c2b1a'), now), {
    state: 'Mismatch',
    message: 'App shop has revision 5e4d3c2b1a now, and this is for 1a2b3c4d5e',
  });
  assert.deepEqual(approvalState(approval, {}, now), {
    state: 'Mismatch',
    message: 'App shop has no revision yet, and this is for 1a2b3c4d5e',
  });
});

test('a rejection is never used: it stands until somebody deletes it', () => {
  const rejection: ApprovalSpec = { ...approval, decision: 'Reject', reason: 'leaks memory' };
  assert.deepEqual(approvalState(rejection, target(['bob']), now), {
    state: 'Pending',
    message: 'rejects wave europe of this revision',
  });
});

test('an approval of removals tells how many clusters it names', () => {
  assert.equal(approvalState(ofRemovals, target(), now).message, 'is for the removal from 2 clusters');
});

test('it expires on the second, and is still known as used afterwards', () => {
  assert.deepEqual(approvalState({ ...approval, ...expired }, target(), now), {
    state: 'Expired',
    message: 'no longer counts since 2026-01-01T12:00:00Z',
  });
  assert.equal(approvalState({ ...approval, ...expired }, target(), now - 1000).state, 'Pending');
  assert.equal(stateOf({ ...approval, ...expired }, target(['bob'])), 'Used');
  assert.equal(stateOf({ ...approval, ...expired }, target([], '5e4d3c2b1a')), 'Expired');
});

test('an expiry within a second counts from the next one, in whatever time zone it is written', () => {
  assert.equal(expiryOf({ ...approval, expiresAt: '2026-01-01T13:59:59.001+02:00' }), now);
  assert.equal(expiryOf(approval), undefined);
});

test('an approval of what does not exist says so', () => {
  assert.deepEqual(approvalState(approval, undefined, now), {
    state: 'Missing',
    message: 'there is no App shop in this namespace; approve again under its right name',
  });
});
