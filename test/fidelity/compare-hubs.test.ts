import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { JsonObject } from '../../functions/kube/json.ts';
import type { KubeObject } from '../../functions/kube/object.ts';
import { compareHubs } from './compare-hubs.ts';
import { drop } from './edit-at.ts';
import { hubRules } from './hub-rules.ts';

const now = '2026-01-01T00:00:00Z';
const later = '2027-12-12T12:12:12Z';

/** An object with every field that the rules know, as one hub or the other has it. */
function slice(time: string, count: number, status: JsonObject = {}): KubeObject {
  const conditions = [
    { type: 'Synced', status: 'True', lastTransitionTime: time, observedGeneration: count },
    { type: 'Ready', status: 'True', lastTransitionTime: time, message: `since ${time}` },
    { type: 'Responsive', status: count % 2 === 0 ? 'True' : 'False' },
  ];
  return {
    apiVersion: 'crossply.dev/v1alpha1',
    kind: 'AssignmentSlice',
    metadata: {
      name: 'one',
      namespace: 'team',
      uid: `uid-${count}`,
      resourceVersion: String(count),
      generation: count,
      creationTimestamp: time,
      finalizers: count % 2 === 0 ? ['a', 'b'] : ['b', 'a'],
      ownerReferences: [{ kind: 'App', name: 'web', uid: `owner-${count}` }],
    },
    spec: {
      crossplane: { compositionRevisionRef: { name: `assignmentslices.crossply.dev-00000${10 + count}` } },
    },
    status: {
      assignments: [{ cluster: 'eu', phase: 'Healthy', since: time }],
      lastHandledReconcileAt: time,
      conditions: count % 2 === 0 ? conditions : conditions.toReversed(),
      ...status,
    },
  };
}

test('times, uids, counters and orders that mean nothing are levelled', () => {
  assert.deepEqual(compareHubs([slice(now, 2)], [slice(later, 7)]), []);
});

test('every rule is needed by what it levels, and has a reason', () => {
  const annotations = Object.fromEntries(
    hubRules
      .flatMap(({ path: [, field, key] }) => (field === 'annotations' && key !== undefined ? [key] : []))
      .map((key) => [key, 'a'] as const),
  );
  const full = (kind: string, time: string, count: number): KubeObject => {
    const object = slice(time, count, { atProvider: { count } });
    const metadata = { ...object.metadata, managedFields: [{ time }], ...(count !== 2 && { annotations }) };
    const spec = { ...(object.spec as JsonObject), ...(count === 2 ? {} : { watch: false }) };
    return { ...object, apiVersion: 'crossply.dev/v1alpha1', kind, metadata, spec };
  };
  for (const rule of hubRules) {
    const kind = rule.kinds?.[0] ?? 'AssignmentSlice';
    const rules = hubRules.filter((each) => each !== rule);
    const differences = compareHubs([full(kind, now, 2)], [full(kind, later, 7)], { rules });
    assert.notEqual(differences.length, 0, rule.path.join('.'));
    assert.notEqual(rule.why, '');
  }
});

test('what no rule knows is told with its path and both sides', () => {
  const theirs = slice(now, 2, { clusters: { healthy: 3 }, 'odd.key': [1] });
  const ours = slice(now, 2, { clusters: { healthy: 2 } });
  assert.deepEqual(compareHubs([ours], [theirs]), [
    { path: 'AssignmentSlice team/one: status.clusters.healthy', theirs: 3, ours: 2 },
    { path: 'AssignmentSlice team/one: status["odd.key"]', theirs: [1] },
  ]);
});

test('an object on one hub only is told; a kind that is not ours is left aside', () => {
  const other: KubeObject = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'x', namespace: 'y' } };
  const named = (name: string): KubeObject => ({ ...slice(now, 2), metadata: { name, namespace: 'team' } });
  assert.deepEqual(compareHubs([named('a')], [named('b'), other]), [
    { path: 'AssignmentSlice team/a', ours: 'an object' },
    { path: 'AssignmentSlice team/b', theirs: 'an object' },
  ]);
  assert.deepEqual(compareHubs([], [other], { isCompared: () => true }), [
    { path: 'ConfigMap y/x', theirs: 'an object' },
  ]);
});

test('a rule for a kind leaves other kinds alone, and a row more is all that a new difference takes', () => {
  const [theirs, ours] = [slice(now, 2, { atProvider: 1 }), slice(now, 2)];
  assert.equal(compareHubs([ours], [theirs]).length, 1);
  const row = { path: ['status', 'atProvider'], why: 'for this test', edit: drop };
  assert.deepEqual(compareHubs([ours], [theirs], { rules: [...hubRules, row] }), []);
});
