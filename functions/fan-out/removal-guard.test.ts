import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Assignment } from '../generated/types.ts';
import { guardRemovals } from './removal-guard.ts';

const fleet = (states: { readonly [cluster: string]: Assignment['state'] }) =>
  Object.entries(states).map(([cluster, state]) => ({
    assignment: {
      cluster,
      providerConfig: { kind: 'ClusterProviderConfig' as const, name: cluster },
      revision: 'r',
      format: 1,
      state,
    },
    sliceKey: 's',
  }));

test('as many clusters as allowed may leave', () => {
  const current = fleet({ a: 'Assigned', b: 'Assigned', c: 'Assigned' });
  assert.deepEqual(guardRemovals(current, new Set(['b']), 1), { leave: ['b'], held: [] });
});

test('one more than allowed, and none leaves, however often it is asked', () => {
  const current = fleet({ a: 'Assigned', b: 'Assigned', c: 'Assigned' });
  const first = guardRemovals(current, new Set(['a', 'b']), 1);
  assert.deepEqual(first, { leave: [], held: ['a', 'b'] });
  assert.deepEqual(guardRemovals(current, new Set(['a', 'b']), 1), first);
});

test('clusters that are leaving already count against the limit', () => {
  const current = fleet({ a: 'Leaving', b: 'Assigned', c: 'Assigned' });
  assert.deepEqual(guardRemovals(current, new Set(['b']), 1), { leave: [], held: [] });
});

test('a raised limit lets them all go', () => {
  const current = fleet({ a: 'Assigned', b: 'Assigned' });
  assert.deepEqual(guardRemovals(current, new Set(['a', 'b']), 2), { leave: ['a', 'b'], held: [] });
});
