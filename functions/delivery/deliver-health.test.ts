import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Assignment } from '../generated/types.ts';
import { healthRules } from '../health/health-rules.ts';
import { teamRules } from '../health/team-rules.ts';
import type { JsonObject } from '../kube/json.ts';
import type { KubeObject } from '../kube/object.ts';
import { compileRevision } from '../revision/compile-revision.ts';
import { type DeliveryFacts, deliver } from './deliver.ts';
import { observedObjects } from './observed-objects.ts';

const since = Date.UTC(2026, 0, 1);
const entry: Assignment = {
  ...{ cluster: 'eu-1', revision: 'shop-1', format: 2, state: 'Assigned' },
  providerConfig: { kind: 'ClusterProviderConfig', name: 'eu-1' },
};

type Part = {
  readonly apiVersion: string;
  readonly kind: string;
  readonly spec?: JsonObject;
  readonly status?: JsonObject;
};

/** Delivers the parts, each as its status says, one minute and a half after the provider had applied them. */
function report(parts: readonly Part[], more: Partial<DeliveryFacts> = {}) {
  const templates = parts.map(({ status: _, ...part }, index): [string, KubeObject] => [
    `${index}`,
    { ...part, metadata: { name: `x${index}`, namespace: 'team' } },
  ]);
  const revision = compileRevision({ templates: Object.fromEntries(templates), overrides: [] });
  const facts: DeliveryFacts = {
    ...{ assignments: [entry], revisions: new Map([['shop-1', revision]]), observed: new Map(), remaining: new Map() },
    slice: {
      ...{ namespace: 'team', name: 'app-shop-eu-0' },
      owner: { apiVersion: 'crossply.dev/v1alpha1', kind: 'App', name: 'shop' },
    },
    ...{ reported: [], unhealthy: [], now: since + 90_000, ...more },
  };
  const condition = (type: string) => ({
    ...{ type, status: 'True', reason: 'R', observedGeneration: 1, lastTransitionTime: '2026-01-01T00:00:00Z' },
  });
  const objects = [...deliver(facts).resources].map(([key, { resource }]): [string, KubeObject] => {
    const { manifest } = (resource.spec as { forProvider: { manifest: KubeObject } }).forProvider;
    const status = parts[Number(manifest.metadata.name?.slice(1))]?.status;
    const remote = { ...manifest, metadata: { ...manifest.metadata, generation: 1 }, ...(status && { status }) };
    const observed = { conditions: [condition('Synced'), condition('Ready')], atProvider: { manifest: remote } };
    return [key, { ...resource, metadata: { ...resource.metadata, generation: 1 }, status: observed }];
  });
  const delivery = deliver({ ...facts, observed: observedObjects(new Map(objects)) });
  const { phase, messages, proves } = delivery.report[0] ?? {};
  return { phase, messages, proves, nextDecisionAt: delivery.nextDecisionAt };
}

const configMap: Part = { apiVersion: 'v1', kind: 'ConfigMap' };
const widget: Part = { apiVersion: 'example.org/v1', kind: 'Widget' };
const deployment = (replicas: number): Part => ({
  ...{ apiVersion: 'apps/v1', kind: 'Deployment', spec: { replicas } },
  status: { observedGeneration: 1, replicas, updatedReplicas: replicas, availableReplicas: replicas },
});

describe('what a cluster reports of its health', () => {
  test('proves something where a pod is wanted, nothing where none is', () => {
    assert.deepEqual([report([deployment(1)]).phase, report([deployment(1)]).proves], ['Healthy', true]);
    assert.deepEqual([report([deployment(0)]).phase, report([deployment(0)]).proves], ['Healthy', false]);
    assert.deepEqual([report([configMap]).phase, report([configMap]).proves], ['Healthy', false]);
  });

  test('names a guess, which proves nothing', () => {
    const { phase, messages, proves } = report([widget]);
    assert.deepEqual([phase, proves], ['Healthy', false]);
    assert.deepEqual(messages, ['Widget/x0: says nothing of its health for 60 s; taken for healthy']);
  });

  test('says when it will guess, to be asked again then', () => {
    const { phase, nextDecisionAt } = report([widget], { now: since + 20_000 });
    assert.deepEqual([phase, nextDecisionAt], ['Applying', since + 60_000]);
  });

  test('says first what is worst', () => {
    const { phase, messages } = report([widget, { ...widget, status: { phase: 'Failed', message: 'broken' } }]);
    assert.equal(phase, 'Failed');
    assert.equal(messages?.[0], 'Widget/x1: broken');
  });

  test('goes by the rules of its team', () => {
    const rules = healthRules(
      teamRules([
        { group: 'example.org', kind: 'Widget', healthy: 'has(object.status) && object.status.mood == "fine"' },
      ]),
    );
    const mood = (status: JsonObject) => report([{ ...widget, status }], { rules });
    assert.deepEqual([mood({ mood: 'fine' }).phase, mood({ mood: 'fine' }).proves], ['Healthy', true]);
    assert.equal(mood({ mood: 'low' }).phase, 'Unhealthy');
  });
});
