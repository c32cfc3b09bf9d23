import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AssignmentSliceSpec } from '../../functions/generated/types.ts';
import { appPass, deliveryPass } from './steady-state.ts';

test('the App that is measured is assigned to every cluster, and its slice has objects to deliver', () => {
  const { pass, observed } = appPass(30);
  const slices = [...observed.values()].filter(({ kind }) => kind === 'AssignmentSlice');
  assert.equal(slices.flatMap(({ spec }) => (spec as AssignmentSliceSpec).assignments).length, 30);
  assert.deepEqual(
    pass.map(({ name }) => name),
    ['ClusterSelector', 'App', 'FanOut'],
  );
  assert.equal(deliveryPass(observed).length, 1);
});
