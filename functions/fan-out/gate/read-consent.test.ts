import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { formatTimestamp } from '../../kube/timestamp.ts';
import { type ConsentFacts, type GivenApproval, readConsent } from './read-consent.ts';

const facts: ConsentFacts = {
  revision: '7f3a',
  startedAt: 1000,
  lastEditor: 'alice',
  used: [],
  asks: new Map(),
  now: 5000,
};

function approval(more: Partial<GivenApproval> = {}): GivenApproval {
  return { uid: 'u1', revision: '7f3a', wave: 'prod', approver: 'bob', createdAt: 2000, ...more };
}

function approvers(given: readonly GivenApproval[], more: Partial<ConsentFacts> = {}) {
  return readConsent(given, { ...facts, ...more }).approvers.get('prod');
}

function ignored(more: Partial<GivenApproval>, others: Partial<ConsentFacts> = {}) {
  const consent = readConsent([approval(more)], { ...facts, ...others });
  assert.equal(consent.approvers.size, 0);
  return consent.ignored.get('prod');
}

test('approvals of exactly this revision count, each person once', () => {
  const given = [approval(), approval({ uid: 'u2' }), approval({ uid: 'u3', approver: 'ann' })];
  assert.deepEqual(approvers(given), ['ann', 'bob']);
  assert.equal(approvers([approval({ revision: '8e4b' })]), undefined, 'another revision opens nothing');
});

test('one that was given before the rollout began belongs to another rollout, even of the same revision', () => {
  assert.match(ignored({ createdAt: 999 }) ?? '', /before this rollout began/);
});

test('one that has expired, or was used up, does not count', () => {
  assert.match(ignored({ expiresAt: 5000 }) ?? '', /expired/);
  assert.deepEqual(approvers([approval({ expiresAt: 5001 })]), ['bob']);
  assert.match(ignored({}, { used: ['u1'] }) ?? '', /used before/);
});

test('nobody approves of their own change, and while the editor is unknown nobody approves at all', () => {
  assert.match(ignored({ approver: 'alice' }) ?? '', /own change/);
  assert.match(
    ignored({}, { startedBy: 'bob' }) ?? '',
    /own change/,
    'nor after somebody else has edited something else',
  );
  const { lastEditor: _, ...unknown } = facts;
  assert.match(readConsent([approval()], unknown).ignored.get('prod') ?? '', /last-editor/);
});

test('whoever made the change may reject it, with the reason', () => {
  const { rejections } = readConsent([approval({ approver: 'alice', decision: 'Reject', reason: 'wrong tag' })], facts);
  assert.equal(rejections.get('prod'), 'rejected by alice: wrong tag');
});

test('an approval of removals names its clusters and opens no wave', () => {
  const { wave: _, ...removal } = approval({ removals: ['a', 'b'] });
  const { removals, approvers: opened } = readConsent([removal], facts);
  assert.deepEqual([removals.map(({ uid, clusters }) => [uid, ...clusters]), opened.size], [[['u1', 'a', 'b']], 0]);
});

test('a rejection keeps the clusters it names, whoever else lets them go', () => {
  const { wave: _, ...removal } = approval({ removals: ['a', 'b'] });
  const no: GivenApproval = {
    ...removal,
    uid: 'u2',
    approver: 'ann',
    removals: ['b'],
    decision: 'Reject',
    reason: 'still used',
  };
  assert.deepEqual(readConsent([removal, no], facts).removals, []);
  assert.equal(readConsent([removal, { ...no, removals: ['c'] }], facts).removals.length, 1);
});

describe('what an approver has seen', () => {
  const ask = { at: formatTimestamp(3000), waiting: new Set(['a', 'b']) };
  const asks = new Map([['prod', { ...ask, changed: 'b came to it' }]]);

  test('an approval that was given before the wave asked in this form does not count, and says what has changed', () => {
    assert.equal(
      ignored({ createdAt: 2999 }, { asks }),
      'the approval of bob does not count: the wave has changed since: b came to it',
    );
    assert.match(
      ignored({ createdAt: 3000 }, { asks }) ?? '',
      /b came to it/,
      'the same second may be before the change',
    );
    assert.deepEqual(approvers([approval({ createdAt: 4000 })], { asks }), ['bob']);
    assert.deepEqual(approvers([approval({ createdAt: 3000 })], { asks: new Map([['prod', ask]]) }), ['bob']);
  });

  test('one that names clusters counts for these and no others', () => {
    assert.match(ignored({ createdAt: 4000, clusters: ['a', 'c'] }, { asks }) ?? '', /does not name cluster b/);
    assert.deepEqual(approvers([approval({ createdAt: 4000, clusters: ['c', 'b', 'a'] })], { asks }), ['bob']);
  });

  test('a rejection counts whatever the wave has become', () => {
    const no = approval({ createdAt: 2000, decision: 'Reject', reason: 'no' });
    assert.equal(readConsent([no], { ...facts, asks }).rejections.get('prod'), 'rejected by bob: no');
  });
});
