import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { JsonObject } from '../kube/json.ts';
import type { KubeObject } from '../kube/object.ts';
import { revisionObject } from '../revision/revision-content.ts';
import { delivery } from './function.ts';

const owner = { apiVersion: 'crossply.dev/v1alpha1', kind: 'App', name: 'shop' };
const widget: KubeObject = { apiVersion: 'example.org/v1', kind: 'Widget', metadata: { name: 'x', namespace: 'team' } };
const at = (minutes: number, seconds = 0) => Date.UTC(2026, 0, 1, 0, minutes, seconds);

/** Runs Delivery for a slice of one cluster that the provider has given a Widget at a moment. */
function run(appliedAt: string, now: number, { health, status }: { health?: JsonObject[]; status?: JsonObject } = {}) {
  const assignment = {
    ...{ cluster: 'eu-1', revision: 'shop-1', format: 2, state: 'Assigned' },
    providerConfig: { kind: 'ClusterProviderConfig', name: 'eu-1' },
  };
  const composite: KubeObject = {
    ...{
      apiVersion: owner.apiVersion,
      kind: 'AssignmentSlice',
      metadata: { name: 'app-shop-eu-0', namespace: 'team' },
    },
    spec: { owner, assignments: [assignment], ...(health !== undefined && { health }) },
    ...(status !== undefined && { status }),
  };
  const content = { templates: { widget }, overrides: [] };
  const revision = revisionObject(owner, { name: 'shop-1', number: 1, content });
  const call = (resources: ReadonlyMap<string, KubeObject>) =>
    delivery.run(
      {
        ...{ input: {}, context: new Map(), desired: { status: {}, resources: new Map() } },
        observed: { composite, resources },
        required: new Map([['revision/shop-1', [revision]]]),
      },
      { now },
    );
  const condition = (type: string) => ({
    ...{ type, status: 'True', reason: 'R', observedGeneration: 1, lastTransitionTime: appliedAt },
  });
  const observed = [...(call(new Map()).resources ?? [])].map(([key, { resource }]): [string, KubeObject] => {
    const { manifest } = (resource.spec as { forProvider: { manifest: KubeObject } }).forProvider;
    const seen = { conditions: [condition('Synced'), condition('Ready')], atProvider: { manifest } };
    return [key, { ...resource, metadata: { ...resource.metadata, generation: 1 }, status: seen }];
  });
  const answer = call(new Map(observed));
  const [report] = (answer.status as { assignments: JsonObject[] }).assignments;
  return { report, ttlSeconds: answer.ttlSeconds, status: answer.status as JsonObject };
}

test('a slice is looked at again when something that says nothing is taken for healthy, however long it has been on its way', () => {
  const first = run('2026-01-01T00:20:00Z', at(0));
  const { report, ttlSeconds } = run('2026-01-01T00:20:00Z', at(20, 53), { status: first.status });
  assert.deepEqual([report?.['phase'], ttlSeconds], ['Applying', 7]);
  const then = run('2026-01-01T00:20:00Z', at(21), { status: first.status });
  assert.equal(then.report?.['phase'], 'Healthy');
});

test('the rules that stand in the slice decide', () => {
  const health = [{ group: 'example.org', kind: 'Widget', healthy: 'has(object.metadata.labels)' }];
  assert.equal(run('2026-01-01T00:00:00Z', at(0, 5), { health }).report?.['phase'], 'Healthy');
  const never = [{ ...health[0], healthy: '!has(object.metadata.labels)' }];
  assert.equal(run('2026-01-01T00:00:00Z', at(5), { health: never }).report?.['phase'], 'Unhealthy');
});
