import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Placement } from '../cluster-selector/placement.ts';
import type { Assignment, RolloutRecord } from '../generated/types.ts';
import { namesByKey, renameInRecord, turned, withKeys } from './cluster-keys.ts';

const chosen = (...names: readonly string[]): Placement => ({
  mode: 'Decided',
  chosen: names.map((name) => ({
    facts: { name, labels: {}, properties: {}, version: '', set: 'eu' },
    clusterSet: { namespace: 'platform', name: 'eu' },
    providerConfig: { kind: 'ClusterProviderConfig', name },
    replicas: {},
  })),
  verdicts: [],
  candidates: names.length,
  summary: { reason: 'Placed', message: '' },
});

const placed = (cluster: string, key?: string, state: Assignment['state'] = 'Assigned') => ({
  assignment: {
    ...{ cluster, ...(key !== undefined && { key }), revision: 'shop-1', format: 2, state },
    providerConfig: { kind: 'ClusterProviderConfig', name: cluster } as const,
  },
  sliceKey: 's',
});

const keys = (placement: Placement) => placement.chosen.map(({ facts, key }) => `${facts.name} ${key ?? '-'}`);

test('a cluster has the key of its entry, and none of its own where that is its name', () => {
  assert.deepEqual(keys(withKeys(chosen('a', 'b', 'c'), [placed('a'), placed('b', 'old')])), ['a -', 'b old', 'c -']);
});

test('a cluster that joins under the key of another gets one that is free', () => {
  const entries = [placed('renamed', 'a'), placed('other', 'a-2')];
  assert.deepEqual(keys(withKeys(chosen('a', 'a-3', 'renamed'), entries)), ['a a-4', 'a-3 -', 'renamed a']);
});

test('of two entries of one cluster that which does not leave counts', () => {
  const entries = [placed('b', 'kept'), placed('b', 'gone', 'Leaving')];
  assert.deepEqual(keys(withKeys(chosen('b'), entries)), ['b kept']);
});

test('a record is written with keys and read with names, sorted either way', () => {
  const record: RolloutRecord = {
    ...{ number: 1, sequence: 1, revision: 'shop-1', direction: 'Forward', startedAt: '2026-01-01T00:00:00Z' },
    waves: [{ name: 'one', clusters: ['a', 'b', 'gone'] }, { name: 'rest' }],
    asks: [{ wave: 'one', at: '2026-01-01T00:00:00Z', quorum: 1, terms: 't', clusters: ['a'] }],
    ...{ rejected: [], history: [], usedApprovals: [] },
  };
  const entries = [placed('z', 'a'), placed('b')];
  const names = namesByKey(withKeys(chosen('b', 'z'), entries), entries);
  const read = renameInRecord(record, names);
  assert.deepEqual([read.waves[0]?.clusters, read.asks?.[0]?.clusters], [['b', 'gone', 'z'], ['z']]);
  assert.deepEqual(renameInRecord(read, turned(names)), record);
  assert.equal(renameInRecord(record, new Map()), record);
});
