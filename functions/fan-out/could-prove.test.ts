import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Assignment } from '../generated/types.ts';
import { ownRules } from '../health/health-rules.ts';
import type { JsonObject } from '../kube/json.ts';
import type { KubeObject } from '../kube/object.ts';
import { compileRevision } from '../revision/compile-revision.ts';
import type { Revision } from '../revision/revision-content.ts';
import { couldProve } from './could-prove.ts';

const config: KubeObject = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'config' }, data: { a: '1' } };

function deployment(name: string, spec: JsonObject): KubeObject {
  return { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name }, spec };
}

function revision(name: string, manifests: readonly KubeObject[]): Revision {
  const templates = Object.fromEntries(manifests.map((each) => [`${each.kind}/${each.metadata.name}`, each]));
  return { name, number: 1, content: { templates, overrides: [] } };
}

function provable(
  target: Revision,
  { replicas, stable }: { replicas?: { readonly [cluster: string]: number }; stable?: Revision } = {},
): readonly string[] {
  const wanted = new Map(
    ['a', 'b'].map((cluster): [string, Assignment] => [
      cluster,
      {
        ...{ cluster, providerConfig: { kind: 'ClusterProviderConfig', name: cluster }, revision: target.name },
        ...{ format: 1, state: 'Assigned' },
        ...(replicas !== undefined && { values: [{ expression: 'replicas.web', value: replicas[cluster] ?? 0 }] }),
      },
    ]),
  );
  const proves = couldProve({ target, compiled: compileRevision(target.content), wanted, stable, rules: ownRules });
  return ['a', 'b', 'gone'].filter(proves);
}

test('content without an object that has a health of its own proves nothing anywhere', () => {
  assert.deepEqual(provable(revision('r2', [config])), []);
});

test('a workload proves something where it runs at least one replica, also when the number is worked out for each cluster', () => {
  assert.deepEqual(provable(revision('r2', [deployment('web', { replicas: 2 })])), ['a', 'b']);
  assert.deepEqual(provable(revision('r2', [deployment('web', { replicas: 0 })])), []);
  const divided = revision('r2', [deployment('web', { replicas: '${replicas.web}' })]);
  assert.deepEqual(provable(divided, { replicas: { a: 0, b: 2 } }), ['b']);
});

test('a workload that was healthy everywhere before says nothing of what is new beside it', () => {
  const stable = revision('r1', [deployment('web', { replicas: 2 }), deployment('worker', { replicas: 0 })]);
  const worker = deployment('worker', { replicas: 0, paused: false });
  assert.deepEqual(provable(revision('r2', [deployment('web', { replicas: 2 }), worker]), { stable }), []);
  const both = revision('r2', [deployment('web', { replicas: 2, paused: false }), worker]);
  assert.deepEqual(provable(both, { stable }), ['a', 'b']);
});

test('other values of the revision that is healthy everywhere may fail in every workload', () => {
  const same = revision('r1', [deployment('web', { replicas: 2 })]);
  assert.deepEqual(provable(same, { stable: same }), ['a', 'b']);
});
