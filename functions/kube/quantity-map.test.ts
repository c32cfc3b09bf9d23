import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkQuantityMap } from './quantity-map.ts';

test('quantities as Kubernetes writes them pass, and so does what a hole fills later', () => {
  const hard = { pods: 60, cpu: '500m', memory: '1.5Gi', storage: '${cluster.properties["storage"]}' };
  assert.deepEqual(checkQuantityMap(hard, 'spec.quota.hard'), []);
  assert.deepEqual(checkQuantityMap(undefined, 'spec.quota.hard'), []);
});

test('what is no quantity is refused with its path', () => {
  const problems = checkQuantityMap({ memory: '1GB', pods: 'sixty', cpu: null }, 'spec.quota.hard');
  assert.deepEqual(
    problems.map(({ path }) => path),
    ['spec.quota.hard["memory"]', 'spec.quota.hard["pods"]', 'spec.quota.hard["cpu"]'],
  );
});
