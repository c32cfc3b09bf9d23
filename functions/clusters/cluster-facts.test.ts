import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Member } from '../generated/types.ts';
import { candidateOf } from './cluster-facts.ts';
import { compileClusterSelection } from './cluster-selection.ts';

const orders = [
  { region: 'eu', zone: 'a' },
  { zone: 'a', region: 'eu' },
];

function factsOf(labels: Member['labels']) {
  const member: Member = {
    name: 'eu-1',
    clusterProfile: { namespace: 'fleet', name: 'eu-1' },
    providerConfig: { kind: 'ClusterProviderConfig', name: 'eu-1' },
    healthy: true,
    ...(labels !== undefined && { labels, properties: labels }),
  };
  return candidateOf(member, { namespace: 'platform', name: 'eu' }).facts;
}

test('an expression that lists labels or properties gives the same in whatever order the wire has them', () => {
  const told = orders.map((labels) => {
    const filter = compileClusterSelection({ cel: 'cluster.labels.map(k, k) == ["region", "zone"]' }, 'spec');
    return filter.value?.(factsOf(labels));
  });
  assert.deepEqual(told, [undefined, undefined]);
  assert.deepEqual(
    orders.map((properties) => Object.keys(factsOf(properties).properties)),
    [
      ['region', 'zone'],
      ['region', 'zone'],
    ],
  );
});

test('of several labels that do not match the same one is named in whatever order they are wanted', () => {
  const reasons = orders.map((matchLabels) => {
    const filter = compileClusterSelection({ clusterSelector: { matchLabels } }, 'spec');
    return filter.value?.(factsOf(undefined))?.reason;
  });
  assert.deepEqual(reasons, Array(2).fill('labels do not match: region is not set, not eu'));
});
