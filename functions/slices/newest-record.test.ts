import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { RolloutRecord } from '../generated/types.ts';
import { newestRecord } from './newest-record.ts';

function record(sequence: number, revision: string): RolloutRecord {
  return {
    ...{ number: 1, sequence, revision, direction: 'Forward', startedAt: '2026-01-01T00:00:00Z' },
    ...{ waves: [], rejected: [], history: [], usedApprovals: [] },
  };
}

test('the highest sequence counts, wherever it stands', () => {
  assert.equal(newestRecord([record(2, 'a'), record(1, 'b')])?.revision, 'a');
  assert.equal(newestRecord([record(1, 'a'), undefined, record(2, 'b')])?.revision, 'b');
  assert.equal(newestRecord([undefined]), undefined);
});

test('of two of the same age the one that Delivery has seen counts: the other was written from an outdated read', () => {
  assert.equal(newestRecord([record(5, 'written'), record(5, 'seen')])?.revision, 'seen');
});
