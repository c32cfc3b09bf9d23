import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sampleStep, sampleWebsite } from '../hub-reader/sample-hub.ts';
import { compare } from './compare.ts';
import type { Whereabouts } from './whereabouts.ts';

const at = (places: { readonly [cluster: string]: number }): Whereabouts => ({
  assigned: Object.entries(places).map(([cluster, web]) => ({
    cluster,
    providerConfig: { kind: 'ClusterProviderConfig', name: cluster },
    clusterSet: { namespace: 'platform', name: 'eu' },
    replicas: { web },
  })),
});

const played = (end: Whereabouts, reason = 'Placed') => ({
  end,
  summary: { reason, message: '' },
  reasons: new Map([['a', 'drained']]),
});

function compared(now: Whereabouts, then: Whereabouts, without = now) {
  return compare({ composite: sampleWebsite('blog', {}), step: sampleStep, start: now }, played(then), played(without));
}

test('clusters are left and joined with the reason told at that time', () => {
  const { from, to, leaves, joins, isUnderWay } = compared(at({ a: 2, b: 2 }), at({ b: 2, c: 2 }));
  assert.deepEqual({ from, to, isUnderWay }, { from: ['a', 'b'], to: ['b', 'c'], isUnderWay: false });
  assert.deepEqual([leaves, joins], [[{ cluster: 'a', reason: 'drained' }], [{ cluster: 'c', reason: '' }]]);
});

test('replicas of a cluster that is joined are told only where not every cluster has the same', () => {
  assert.deepEqual(compared(at({ a: 2, b: 2 }), at({ b: 2, c: 2 })).replicas, []);
  assert.deepEqual(compared(at({ a: 3, b: 2 }), at({ b: 1, c: 4 })).replicas, [
    { cluster: 'b', component: 'web', from: 2, to: 1 },
    { cluster: 'c', component: 'web', from: 0, to: 4 },
  ]);
});

test('what comes to the same without the changes is under way', () => {
  assert.equal(compared(at({ a: 1 }), at({ b: 1 }), at({ b: 1 })).isUnderWay, true);
});
