import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Assignment, CapacityPromises } from '../generated/types.ts';
import { nextPromises, type PromiseTerms } from './capacity-promises.ts';

const now = Date.UTC(2026, 0, 1, 0, 10);
const time = '2026-01-01T00:10:00Z';
const earlier = '2026-01-01T00:00:00Z';

const entry = (cluster: string, web: number): Assignment => ({
  ...{ cluster, revision: 'shop-1', format: 1, state: 'Assigned' },
  providerConfig: { kind: 'ClusterProviderConfig', name: cluster },
  replicas: { web },
});

const terms = (more: Partial<PromiseTerms> = {}): PromiseTerms => ({
  ...{ property: 'cpu', perReplica: '500m', reported: [] },
  ...more,
});

const told = (clusters: CapacityPromises['clusters'], property = 'cpu'): CapacityPromises => ({ property, clusters });

test('a new entry is promised all, an entry that stood before anybody kept account has been reported', () => {
  const next = nextPromises(undefined, [entry('a', 2)], [entry('a', 2), entry('b', 4)], terms(), now);
  assert.deepEqual(next?.clusters, [
    { cluster: 'a', promised: '1', reported: '1', since: time },
    { cluster: 'b', promised: '2', reported: '0', since: time },
  ]);
});

test('a promise keeps its date until it becomes another, and what was reported of it', () => {
  const before = told([{ cluster: 'a', promised: '1', reported: '500m', since: earlier }]);
  const stay = nextPromises(before, [entry('a', 2)], [entry('a', 2)], terms(), now);
  assert.deepEqual(stay?.clusters, before.clusters);
  const grown = nextPromises(before, [entry('a', 2)], [entry('a', 3)], terms(), now);
  assert.deepEqual(grown?.clusters, [{ cluster: 'a', promised: '1500m', reported: '500m', since: time }]);
  const heavier = nextPromises(before, [entry('a', 2)], [entry('a', 2)], terms({ perReplica: '1' }), now);
  assert.deepEqual(heavier?.clusters, [{ cluster: 'a', promised: '2', reported: '500m', since: time }]);
});

test('a report contains what was promised when it was looked at, and not what is promised now', () => {
  const before = told([{ cluster: 'a', promised: '1', reported: '0', since: earlier }]);
  const next = nextPromises(before, [entry('a', 2)], [entry('a', 3)], terms({ reported: ['a'] }), now);
  assert.deepEqual(next?.clusters, [{ cluster: 'a', promised: '1500m', reported: '1', since: time }]);
});

test('what was promised of another property says nothing, and without replicas nothing is promised', () => {
  const before = told([{ cluster: 'a', promised: '8Gi', reported: '0', since: earlier }], 'memory');
  const next = nextPromises(before, [entry('a', 2)], [entry('a', 2)], terms(), now);
  assert.deepEqual(next?.clusters, [{ cluster: 'a', promised: '1', reported: '1', since: time }]);
  const { replicas: _, ...bare } = entry('a', 2);
  assert.equal(nextPromises(undefined, [], [bare], terms(), now), undefined);
});
