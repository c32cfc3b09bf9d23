import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Assignment, AssignmentStatus } from '../generated/types.ts';
import type { JsonObject } from '../kube/json.ts';
import type { KubeObject } from '../kube/object.ts';
import { observedSlices } from './observed-slices.ts';
import { entryHash } from './placed-assignment.ts';

const entry: Assignment = {
  cluster: 'eu-1',
  providerConfig: { kind: 'ClusterProviderConfig', name: 'eu-1' },
  revision: 'shop-1',
  format: 1,
  state: 'Assigned',
  sequence: 3,
};

const report = (more: Partial<AssignmentStatus> = {}): AssignmentStatus => ({
  cluster: 'eu-1',
  entry: entryHash(entry),
  revision: 'shop-1',
  sequence: 3,
  phase: 'Healthy',
  objects: { desired: 1, ready: 1 },
  messages: [],
  since: '2026-01-01T00:00:00Z',
  ...more,
});

function read(assignments: readonly Assignment[], status: readonly AssignmentStatus[]) {
  const slice: KubeObject = {
    apiVersion: 'crossply.dev/v1alpha1',
    kind: 'AssignmentSlice',
    metadata: { name: 'shop-eu-0' },
    spec: { owner: {}, clusterSet: { namespace: 'platform', name: 'eu' }, assignments } as JsonObject,
    status: { assignments: status },
  };
  return observedSlices(new Map([['slice/platform/eu/0', slice]]))[0]?.entries ?? [];
}

test('a report counts only when it speaks of the entry as it stands', () => {
  assert.equal(read([entry], [report()])[0]?.status?.phase, 'Healthy');
  assert.equal(read([{ ...entry, revision: 'shop-2' }], [report()])[0]?.status, undefined);
});

test('the highest delivered sequence is known whatever entry it belonged to', () => {
  assert.equal(read([{ ...entry, sequence: 2 }], [report()])[0]?.delivered, 3);
});

test('a cluster that has begun to leave goes on leaving although an outdated write says Assigned', () => {
  const leaving: Assignment = { ...entry, state: 'Leaving', sequence: 4 };
  const [placed] = read([entry], [report({ entry: entryHash(leaving), sequence: 4, phase: 'Leaving' })]);
  assert.deepEqual(
    [placed?.assignment.state, placed?.assignment.sequence, placed?.status?.phase],
    ['Leaving', 4, 'Leaving'],
  );
});

test('nor does one of the same age: who joins again gets a higher sequence', () => {
  const [placed] = read([entry], [report({ entry: 'of another entry', phase: 'Leaving' })]);
  assert.deepEqual([placed?.assignment.state, placed?.assignment.sequence], ['Leaving', 3]);
});

test('a cluster whose entry got lost is found again by the objects it still has', () => {
  const [placed] = read([], [report({ entry: '', phase: 'Stray' })]);
  assert.deepEqual([placed?.assignment.cluster, placed?.assignment.state, placed?.delivered], ['eu-1', 'Assigned', 3]);
});

test('a report on a cluster that is gone for good brings nothing back', () => {
  assert.deepEqual(read([], [report({ phase: 'Left' })]), []);
});

test('a leaving cluster catches up with what was delivered, and one that had joined again stays', () => {
  const leaving: Assignment = { ...entry, state: 'Leaving', sequence: 2 };
  const [going] = read([leaving], [report({ sequence: 4, phase: 'Leaving' })]);
  assert.deepEqual([going?.assignment.state, going?.assignment.sequence], ['Leaving', 4]);
  const [joined] = read([leaving], [report({ sequence: 3 })]);
  assert.deepEqual([joined?.assignment.state, joined?.delivered], ['Assigned', 3]);
});

test('a cluster in two slices keeps the place that was delivered, and leaves the other', () => {
  const slice = (status: readonly AssignmentStatus[], assignments: readonly Assignment[]): KubeObject => ({
    apiVersion: 'crossply.dev/v1alpha1',
    kind: 'AssignmentSlice',
    metadata: { name: 'shop-eu' },
    spec: { owner: {}, clusterSet: { namespace: 'platform', name: 'eu' }, assignments } as JsonObject,
    status: { assignments: status },
  });
  const fresh = { ...entry, sequence: 1 };
  const slices = observedSlices(
    new Map([
      ['slice/platform/eu/0', slice([], [fresh])],
      ['slice/platform/eu/1', slice([report()], [entry])],
    ]),
  );
  assert.deepEqual(
    slices.flatMap(({ entries }) => entries.map(({ assignment }) => [assignment.state, assignment.sequence])),
    [
      ['Leaving', 2],
      ['Assigned', 3],
    ],
  );
});

test('replicas count with which a cluster was healthy under an earlier entry, but not those of an earlier stay', () => {
  const scaled: Assignment = { ...entry, sequence: 4, replicas: { web: 5 } };
  const healthy = (more: Partial<AssignmentStatus>) => read([scaled], [report(more)])[0]?.healthyReplicas;
  assert.deepEqual(healthy({ healthyReplicas: { web: 2 } }), { web: 2 });
  assert.deepEqual(healthy({}), { web: 5 }, 'a report that says nothing of it counts');
  assert.equal(healthy({ phase: 'Left', healthyReplicas: { web: 2 } }), undefined);
  assert.equal(read([scaled], [])[0]?.healthyReplicas, undefined);
});

test('what is remembered of the rollout is the newest that stands in the spec or was seen there', () => {
  const record = (sequence: number) => ({
    ...{ number: 1, sequence, revision: 'shop-1', direction: 'Forward', startedAt: '2026-01-01T00:00:00Z' },
    ...{ waves: [], rejected: [], history: [], usedApprovals: [] },
  });
  const remembered = (spec: number | undefined, status: number | undefined) => {
    const slice: KubeObject = {
      ...{ apiVersion: 'crossply.dev/v1alpha1', kind: 'AssignmentSlice', metadata: { name: 'shop-eu' } },
      spec: { owner: {}, clusterSet: { namespace: 'platform', name: 'eu' }, ...(spec && { rollout: record(spec) }) },
      status: { ...(status && { rollout: record(status) }) },
    };
    return observedSlices(new Map([['slice/platform/eu/0', slice]]))[0]?.rollout?.sequence;
  };
  assert.deepEqual(
    [remembered(2, 1), remembered(2, 3), remembered(undefined, 3), remembered(undefined, undefined)],
    [2, 3, 3, undefined],
  );
});
