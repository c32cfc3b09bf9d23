import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Assignment } from '../generated/types.ts';
import type { ObservedSlice } from '../slices/observed-slices.ts';
import { fillSlices, sliceCapacity } from './fill-slices.ts';
import { beginRun } from './record/begin-run.ts';

const eu = { namespace: 'platform', name: 'eu' };
const us = { namespace: 'platform', name: 'us' };

function entry(cluster: string, more: Partial<Assignment> = {}): Assignment {
  return {
    cluster,
    providerConfig: { kind: 'ClusterProviderConfig', name: cluster },
    revision: 'r1',
    format: 1,
    state: 'Assigned',
    ...more,
  };
}

function slice(index: number, assignments: readonly Assignment[], left: readonly string[] = []): ObservedSlice {
  const key = `slice/platform/eu/${index}`;
  return {
    key,
    name: `eu-${index}`,
    clusterSet: eu,
    object: { apiVersion: 'crossply.dev/v1alpha1', kind: 'AssignmentSlice', metadata: { name: `eu-${index}` } },
    entries: assignments.map((assignment) => ({
      assignment,
      sliceKey: key,
      ...(left.includes(assignment.cluster) && {
        status: {
          cluster: assignment.cluster,
          entry: '',
          revision: 'r1',
          phase: 'Left' as const,
          objects: { desired: 0, ready: 0 },
          messages: [],
          since: '2026-01-01T00:00:00Z',
        },
      }),
    })),
  };
}

const shape = (slices: ReturnType<typeof fillSlices>) =>
  slices.map(({ key, assignments }) => [key, ...assignments.map(({ cluster }) => cluster)]);

test('a change stays in its slice although an earlier one has room', () => {
  const observed = [slice(0, [entry('a')]), slice(1, [entry('b')])];
  const filled = fillSlices(observed, { set: [entry('b', { revision: 'r2' })], leave: [] }, () => eu, 25, undefined);
  assert.deepEqual(shape(filled), [
    ['slice/platform/eu/0', 'a'],
    ['slice/platform/eu/1', 'b'],
  ]);
  assert.equal(filled[1]?.assignments[0]?.revision, 'r2');
});

test('a join fills the first slice of its ClusterSet with room, else it opens a new one', () => {
  const observed = [slice(0, [entry('a'), entry('b')]), slice(1, [entry('c')])];
  const filled = fillSlices(
    observed,
    { set: [entry('d'), entry('e'), entry('z')], leave: [] },
    (name) => (name === 'z' ? us : eu),
    2,
    undefined,
  );
  assert.deepEqual(shape(filled), [
    ['slice/platform/eu/0', 'a', 'b'],
    ['slice/platform/eu/1', 'c', 'd'],
    ['slice/platform/eu/2', 'e'],
    ['slice/platform/us/0', 'z'],
  ]);
});

test('leaving is a state first; only what has left is dropped, and then its slice', () => {
  const leaving = fillSlices([slice(0, [entry('a')])], { set: [], leave: ['a'] }, () => eu, 25, undefined);
  assert.equal(leaving[0]?.assignments[0]?.state, 'Leaving');
  const gone = fillSlices(
    [slice(0, [entry('a', { state: 'Leaving' })], ['a'])],
    { set: [], leave: [] },
    () => eu,
    25,
    undefined,
  );
  assert.deepEqual(gone, []);
});

test('a slice holds at most 25 clusters and about 150 Objects', () => {
  assert.deepEqual([0, 6, 12, 50, 1000].map(sliceCapacity), [25, 25, 12, 3, 1]);
});

test('a cluster whose entry got lost waits while its slice is full, for it must not join another', () => {
  const entries = Array.from({ length: 26 }, (_, index) => entry(`c${index + 10}`));
  const filled = fillSlices([slice(0, entries)], { set: [entry('c35')], leave: [] }, () => eu, 25, undefined);
  assert.deepEqual(
    filled.map(({ assignments }) => assignments.length),
    [25],
  );
});

test('before the first cluster has joined, a slice without entries keeps what people were asked; it goes when there is nothing to keep', () => {
  const run = beginRun(undefined, { revision: 'r1', direction: 'Forward', hasOtherValues: false }, 0);
  const ask = { wave: 'all', at: run.startedAt, quorum: 1, terms: 't', clusters: ['a'] };
  const record = { ...run, asks: [ask] };
  const nothing = { set: [], leave: [] };
  assert.deepEqual(shape(fillSlices([], nothing, () => eu, 25, record)), [['slice/platform/eu/0']]);
  assert.deepEqual(shape(fillSlices([slice(0, [])], nothing, () => eu, 25, record)), [['slice/platform/eu/0']]);
  assert.deepEqual(shape(fillSlices([slice(0, [])], { ...nothing, set: [entry('a')] }, () => eu, 25, record)), [
    ['slice/platform/eu/0', 'a'],
  ]);
  assert.deepEqual(
    fillSlices([slice(0, [])], nothing, () => eu, 25, { ...record, endedAt: run.startedAt }),
    [],
  );
  assert.deepEqual(
    fillSlices([], nothing, () => eu, 25, run),
    [],
  );
});
