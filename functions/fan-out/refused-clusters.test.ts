import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Boundary } from '../boundary/boundary.ts';
import type { Assignment } from '../generated/types.ts';
import type { Json } from '../kube/json.ts';
import { compileRevision } from '../revision/compile-revision.ts';
import { refusedClusters } from './refused-clusters.ts';

const boundary: Boundary = {
  scope: 'Namespace',
  namespace: 'team-shop',
  policy: { podSecurity: 'Baseline', deletionPolicy: 'Protect', allowedRegistries: ['registry.example.com'] },
};

const revision = compileRevision({
  templates: {
    pod: {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'web', namespace: 'team-shop', annotations: '${cluster.labels}' as never },
      spec: { containers: [{ name: 'web', image: '${cluster.name}.example.com/web' }] },
    },
  },
  overrides: [],
});

function assignment(cluster: string, labels: Json = {}): Assignment {
  const values = [
    { expression: 'cluster.labels', value: labels },
    { expression: 'cluster.name', value: cluster },
  ];
  return {
    cluster,
    providerConfig: { kind: 'ClusterProviderConfig', name: cluster },
    revision: 'r',
    format: 1,
    values,
    state: 'Assigned',
  } as Assignment;
}

const refused = (wanted: readonly Assignment[], current: readonly Assignment[] = []) => {
  const entries = current.map((each) => ({ assignment: each, sliceKey: 's' }));
  const byCluster = new Map(wanted.map((each) => [each.cluster, each]));
  return [...refusedClusters(byCluster, entries, revision, boundary).keys()];
};

test('a cluster whose values lead beyond the boundary is refused, and no other', () => {
  assert.deepEqual(refused([assignment('registry'), assignment('elsewhere')]), ['elsewhere']);
});

test('what a cluster has already is not judged again', () => {
  assert.deepEqual(refused([assignment('elsewhere')], [assignment('elsewhere')]), []);
});

test('a value that nests a manifest deeper than the wire can carry is refused', () => {
  let deep: Json = {};
  for (let level = 0; level < 30; level++) deep = { deep };
  assert.deepEqual(refused([assignment('registry', deep)]), ['registry']);
});
