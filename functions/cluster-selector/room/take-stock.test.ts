import assert from 'node:assert/strict';
import { test } from 'node:test';
import { candidate, minutesAgo, now, present } from '../place-fixtures.ts';
import type { Present } from '../placement.ts';
import type { OtherPromise } from './other-promises.ts';
import { compileRoom } from './room-rule.ts';
import { type StockFacts, takeStock } from './take-stock.ts';

const one = 10n ** 9n;
const rule = compileRoom({ property: 'cpu', perReplica: '1' }, 'capacity').value ?? assert.fail();
const owner = { kind: 'App', name: 'shop', createdAt: '2026-01-01T00:00:00Z' };

const cluster = (cpu: string, reportedAt?: string) => {
  const plain = candidate('a', reportedAt === undefined ? {} : { reportedAt: { cpu: reportedAt } });
  return { ...plain, facts: { ...plain.facts, properties: { cpu } } };
};

const promised = (count: number, reported: number, more: Partial<Present> = {}): Present =>
  present('a', {
    replicas: { web: count },
    isHealthy: false,
    promise: { promised: BigInt(count) * one, reported: BigInt(reported) * one, since: minutesAgo(5) },
    ...more,
  });

const other = (pending: number, name: string, isHealthyThere = false): OtherPromise => ({
  ...{ cluster: 'a', pending: BigInt(pending) * one, isHealthyThere },
  owner: { kind: 'App', name, createdAt: owner.createdAt },
});

const stockOf = (facts: Partial<StockFacts>, cpu = '5', reportedAt?: string) => {
  const candidates = [cluster(cpu, reportedAt)];
  const stock = takeStock({ rule, candidates, present: [], others: [], owner, now, ...facts });
  const facts_ = candidates[0]?.facts ?? assert.fail();
  const { reported } = stock;
  return { room: stock.roomOf(facts_), keeps: stock.keepsOf('a'), lack: stock.lackOf('a'), reported };
};

test('what was promised after the report is taken off it, whoever was promised it', () => {
  assert.equal(stockOf({}).room, 5);
  assert.equal(stockOf({ present: [promised(3, 0)] }).room, 2);
  assert.equal(stockOf({ present: [promised(3, 0)], others: [other(1, 'till')] }).room, 1);
  assert.equal(stockOf({ present: [promised(3, 0)], others: [other(9, 'till')] }).room, 0);
});

test('what a report contains is not taken off again, and an entry of which nobody kept account counts as contained', () => {
  assert.equal(stockOf({ present: [promised(4, 3)] }).room, 4);
  assert.equal(stockOf({ present: [present('a', { replicas: { web: 4 } })] }).room, 5);
  const ready = promised(3, 0, { isHealthy: true, readySince: minutesAgo(4) });
  const newer = stockOf({ present: [ready] }, '2', new Date(minutesAgo(3)).toISOString());
  assert.deepEqual([newer.room, newer.reported], [2, ['a']]);
});

test('what the composite gave up is its own until somebody reports it', () => {
  assert.equal(stockOf({ present: [promised(1, 3)] }, '0').room, 2);
  assert.equal(stockOf({ present: [promised(1, 3)] }, '2', new Date(minutesAgo(3)).toISOString()).room, 2);
});

test('replicas of an older revision may yet grow, and no report contains that', () => {
  const ready = promised(3, 0, { isHealthy: true, readySince: minutesAgo(4), revision: 'old' });
  const facts = { present: [ready], revision: 'new' };
  assert.deepEqual(stockOf(facts, '9', new Date(minutesAgo(3)).toISOString()).reported, []);
});

test('of two that were promised the same room the later yields, unless it is healthy there', () => {
  assert.equal(stockOf({ present: [promised(4, 0)], others: [other(4, 'bar')] }).keeps, 1);
  assert.equal(stockOf({ present: [promised(4, 0)], others: [other(4, 'till')] }).keeps, undefined);
  assert.equal(stockOf({ present: [promised(4, 0)], others: [other(4, 'till', true)] }).keeps, 1);
  assert.equal(stockOf({ present: [promised(4, 0, { isHealthy: true })], others: [other(4, 'bar')] }).keeps, undefined);
  assert.equal(stockOf({ present: [promised(4, 2)], others: [other(4, 'bar')] }).keeps, 3, 'what is reported stays');
});

test('nobody yields to a figure that is newer than the promise: it may contain it', () => {
  const facts = { present: [promised(4, 0)], others: [other(4, 'bar')] };
  assert.equal(stockOf(facts, '1', new Date(minutesAgo(1)).toISOString()).keeps, undefined);
});

test('replicas without room are counted where nobody else is to blame', () => {
  assert.equal(stockOf({ present: [promised(7, 0)] }).lack, 2);
  assert.equal(stockOf({ present: [promised(5, 0)] }).lack, 0);
});
