import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { RolloutRecord } from '../../generated/types.ts';
import { silence } from '../gate/gate-fixtures.ts';
import type { Moves } from '../gate/moves.ts';
import { beginRun, type RunFacts } from './begin-run.ts';
import { isRejected, recordMoves } from './record-moves.ts';

const now = Date.UTC(2026, 0, 1, 12);
const later = now + 60_000;
const facts: RunFacts = { revision: 'shop-1', direction: 'Forward', hasOtherValues: false, by: 'alice' };

const nothing: Moves = {
  ...{ set: [], leave: [], held: [], waiting: new Map(), waves: [], opened: [], usedApprovals: [] },
  outcome: 'Unfinished',
};
const failures = { wave: 'first', clusters: ['a'] };

function record(remembered: RolloutRecord | undefined, run: RolloutRecord, moves: Partial<Moves>, at = now) {
  const consent = { ...silence, approvers: new Map([['prod', ['bob']]]) };
  return recordMoves(
    remembered,
    run,
    { moves: { ...nothing, ...moves }, consent, onFailure: 'Rollback', attempt: 1 },
    at,
  );
}

const first = record(undefined, beginRun(undefined, facts, now), {});
const proven = record(first, first, { outcome: 'Proven' }, later);

describe('the beginning of a rollout', () => {
  test('the first began when its Revision was made, even while nothing could remember it', () => {
    assert.equal(
      beginRun(undefined, { ...facts, revisionCreatedAt: now - 5000 }, now).startedAt,
      '2026-01-01T11:59:55Z',
    );
    assert.deepEqual([first.number, first.startedAt, first.by], [1, '2026-01-01T12:00:00Z', 'alice']);
  });

  test('the same target goes on with the same rollout, however often it is asked', () => {
    assert.equal(beginRun(first, facts, later), first);
    assert.equal(beginRun(proven, facts, later), proven);
  });

  test('another target supersedes it: waves start again, and the history says so', () => {
    const next = beginRun(first, { ...facts, revision: 'shop-2' }, later);
    assert.deepEqual([next.number, next.waves, next.startedAt], [2, [], '2026-01-01T12:01:00Z']);
    assert.deepEqual(
      next.history.map(({ number, outcome, endedAt }) => [number, outcome, endedAt]),
      [[1, 'Superseded', '2026-01-01T12:01:00Z']],
    );
  });

  test('other values of the same revision are a new rollout once the last has ended, and none before', () => {
    assert.equal(beginRun(proven, { ...facts, hasOtherValues: true }, later).number, 2);
    assert.equal(beginRun(first, { ...facts, hasOtherValues: true }, later), first);
  });

  test('the history keeps ten', () => {
    let current = first;
    for (let index = 2; index <= 14; index++)
      current = beginRun(current, { ...facts, revision: `shop-${index}` }, later);
    assert.deepEqual([current.number, current.history.length, current.history[0]?.number], [14, 10, 13]);
  });
});

describe('what is remembered of it', () => {
  test('waves that are open, since when, and who approved; a wave opened before keeps its time', () => {
    const opened = record(first, first, { opened: ['first'] });
    const both = record(opened, opened, { opened: ['first', 'prod'] }, later);
    assert.deepEqual(both.waves, [
      { name: 'first', openedAt: '2026-01-01T12:00:00Z' },
      { name: 'prod', openedAt: '2026-01-01T12:01:00Z', approvedBy: ['bob'] },
    ]);
    assert.ok(both.sequence > opened.sequence && opened.sequence > first.sequence);
    assert.equal(record(both, both, { opened: ['first', 'prod'] }, later + 1), both, 'nothing new is nothing to write');
  });

  test('a rollout that reached every cluster has ended; what was healthy everywhere is stable', () => {
    assert.deepEqual(
      [proven.endedAt, proven.stable, proven.history[0]?.outcome],
      ['2026-01-01T12:01:00Z', 'shop-1', 'Completed'],
    );
    const partly = record(first, first, { outcome: 'WithFailures' }, later);
    assert.deepEqual([partly.endedAt, partly.stable], ['2026-01-01T12:01:00Z', undefined]);
  });

  test('a revision that failed is rejected where there is something to go back to, until another attempt is asked for', () => {
    const second = beginRun(proven, { ...facts, revision: 'shop-2' }, later);
    const failed = record(proven, second, { failures }, later);
    assert.deepEqual([isRejected(failed, 'shop-2', 1), isRejected(failed, 'shop-2', 2)], [true, false]);
    const back = beginRun(failed, { ...facts, revision: 'shop-1', direction: 'Back' }, later);
    assert.deepEqual(
      [back.history[0]?.outcome, back.history[0]?.message],
      ['RolledBack', '1 of wave first failed, more than may (a)'],
    );
    assert.equal(isRejected(back, 'shop-2', 1), true, 'it is remembered after the rollback has begun');
  });

  test('nothing that is remembered is longer than the schema lets it be', () => {
    const second = beginRun(proven, { ...facts, revision: 'shop-2' }, later);
    const clusters = ['a', 'b', 'c'].map((name) => name.repeat(253));
    const crowd = Array.from({ length: 12 }, (_, index) => `person-${index}`);
    const consent = { ...silence, approvers: new Map([['prod', crowd]]) };
    const moves = { ...nothing, opened: ['prod'], failures: { wave: 'prod', clusters } };
    const { rejected, waves } = recordMoves(
      proven,
      second,
      { moves, consent, onFailure: 'Rollback', attempt: 1 },
      later,
    );
    assert.deepEqual([rejected[0]?.reason.length, waves[0]?.approvedBy?.length], [512, 10]);
  });

  test('the first rollout ever and a rollback have nothing to go back to', () => {
    assert.deepEqual(record(first, first, { failures }).rejected, []);
    const back = beginRun(proven, { ...facts, revision: 'shop-0', direction: 'Back' }, later);
    assert.deepEqual(record(proven, back, { failures }).rejected, []);
  });
});
