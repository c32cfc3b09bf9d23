import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Toleration } from '../generated/types.ts';
import {
  evictingTaint,
  fitsTaint,
  formatTaint,
  repellingTaint,
  type Taint,
  tolerationFor,
  untoleratedPreferences,
} from './taints.ts';

const now = 1_000_000;
const forNew = { isPresent: false };
const forPresent = { isPresent: true };
const batch: Taint = { key: 'dedicated', value: 'batch', effect: 'NoSchedule' };
const leaving: Taint = { key: 'retiring', effect: 'NoExecute', since: now - 60_000 };
const slow: Taint = { key: 'slow', effect: 'PreferNoSchedule' };

const timed = (tolerationSeconds: number): Toleration => ({ key: 'retiring', operator: 'Exists', tolerationSeconds });
const repelling = (tolerations: readonly Toleration[], presence: { readonly isPresent: boolean }) =>
  repellingTaint([slow, batch, leaving], tolerations, now, presence)?.key;

describe('a toleration', () => {
  test('compares key and value, and means Equal when it does not say', () => {
    assert.equal(fitsTaint({ key: 'dedicated', value: 'batch' }, batch), true);
    assert.equal(fitsTaint({ key: 'dedicated', operator: 'Equal', value: 'web' }, batch), false);
    assert.equal(fitsTaint({ key: 'dedicated' }, batch), false);
    assert.equal(fitsTaint({ key: 'retiring' }, leaving), true);
  });

  test('with Exists fits any value, and without a key every taint', () => {
    assert.equal(fitsTaint({ key: 'dedicated', operator: 'Exists' }, batch), true);
    assert.equal(fitsTaint({ key: 'other', operator: 'Exists' }, batch), false);
    assert.equal(fitsTaint({ operator: 'Exists' }, batch), true);
  });

  test('with an effect fits only that one', () => {
    assert.equal(fitsTaint({ operator: 'Exists', effect: 'NoSchedule' }, batch), true);
    assert.equal(fitsTaint({ operator: 'Exists', effect: 'NoExecute' }, batch), false);
  });
});

describe('the taint that repels', () => {
  test('new work is the first of NoSchedule and NoExecute that is not tolerated', () => {
    assert.equal(repelling([], forNew), 'dedicated');
    assert.equal(repelling([{ key: 'dedicated', operator: 'Exists' }], forNew), 'retiring');
    assert.equal(repelling([{ operator: 'Exists' }], forNew), undefined);
  });

  test('work that is there is NoExecute alone', () => {
    assert.equal(repelling([], forPresent), 'retiring');
    assert.equal(repellingTaint([slow, batch], [], now, forPresent), undefined);
  });

  test('repels from the very instant at which the toleration is over', () => {
    assert.equal(repelling([timed(61)], forPresent), undefined);
    assert.equal(repelling([timed(60)], forPresent), 'retiring');
    assert.equal(repelling([timed(60), timed(90)], forPresent), undefined);
  });

  test('counts from now when nobody knows since when it is there', () => {
    const { since: _, ...ofUnknownAge } = leaving;
    assert.equal(repellingTaint([ofUnknownAge], [timed(1)], now, forPresent), undefined);
    assert.equal(evictingTaint([ofUnknownAge], [timed(1)], now)?.dueAt, now + 1000);
  });
});

describe('the end of what is tolerated', () => {
  const other: Taint = { key: 'flaky', effect: 'NoExecute', since: now };
  const otherTimed: Toleration = { key: 'flaky', operator: 'Exists', tolerationSeconds: 5 };

  test('evicts by the taint that comes first, at once without a toleration', () => {
    assert.deepEqual(evictingTaint([leaving, other], [timed(90), otherTimed], now), {
      taint: other,
      dueAt: now + 5000,
    });
    assert.equal(evictingTaint([leaving], [], now)?.dueAt, now - 60_000);
    assert.equal(evictingTaint([leaving], [timed(20), timed(40)], now)?.dueAt, now - 20_000);
    assert.equal(evictingTaint([{ key: 'retiring', effect: 'NoExecute' }], [], now)?.dueAt, now);
    assert.equal(evictingTaint([batch, slow], [], now), undefined);
    assert.equal(evictingTaint([leaving], [{ operator: 'Exists' }], now), undefined);
  });
});

test('wishes to be left alone are counted unless they are tolerated', () => {
  const taints = [slow, { ...slow, key: 'old' }, batch];
  assert.equal(untoleratedPreferences(taints, [], now), 2);
  assert.equal(untoleratedPreferences(taints, [{ key: 'slow', operator: 'Exists' }], now), 1);
});

test('a taint is written as kubectl does, and its toleration in short', () => {
  assert.equal(formatTaint(batch), 'dedicated=batch:NoSchedule');
  assert.equal(formatTaint(leaving), 'retiring:NoExecute');
  assert.equal(tolerationFor(batch), 'dedicated=batch');
});
