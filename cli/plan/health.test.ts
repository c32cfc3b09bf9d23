import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import type { AssignmentSliceStatus, TeamHealthRule } from '../../functions/generated/types.ts';
import { readFieldPath } from '../../functions/kube/field-path.ts';
import type { Json, JsonObject } from '../../functions/kube/json.ts';
import type { KubeObject } from '../../functions/kube/object.ts';
import { desire, serveScript } from '../offline-hub/scripted-hub.ts';
import { sampleFleet, sampleFolder } from '../whatif/sample-fleet.ts';
import { describeTree } from './run-plan.ts';
import { settleTree } from './settle-tree.ts';

const anything = { type: 'object', 'x-kubernetes-preserve-unknown-fields': true };

/** A kind of the platform team's own, in a Tier, whose content a script renders. */
function bundle(target: string): readonly KubeObject[] {
  const ofCrossply = (step: string, kind: string, spec: JsonObject) => {
    const input = { apiVersion: 'fn.crossply.dev/v1beta1', kind, spec };
    return { step, functionRef: { name: 'function-crossply' }, input };
  };
  const tier = { nameFieldPath: 'spec.tier.name', namespaceFieldPath: 'spec.tier.namespace' };
  return [
    {
      ...{ apiVersion: 'apiextensions.crossplane.io/v2', kind: 'CompositeResourceDefinition' },
      metadata: { name: 'bundles.test.dev' },
      spec: {
        ...{ group: 'test.dev', names: { kind: 'Bundle', plural: 'bundles' }, scope: 'Namespaced' },
        versions: [
          {
            ...{ name: 'v1', served: true, referenceable: true },
            schema: { openAPIV3Schema: { type: 'object', properties: { spec: anything, status: anything } } },
          },
        ],
      },
    },
    {
      ...{ apiVersion: 'apiextensions.crossplane.io/v1', kind: 'Composition', metadata: { name: 'bundles.test.dev' } },
      spec: {
        ...{ compositeTypeRef: { apiVersion: 'test.dev/v1', kind: 'Bundle' }, mode: 'Pipeline' },
        pipeline: [
          ofCrossply('select-clusters', 'ClusterSelector', { inventory: { tier } }),
          { step: 'render', functionRef: { name: 'function-bundle' } },
          ofCrossply('fan-out', 'FanOut', { scope: 'Cluster' }),
        ],
      },
    },
    {
      ...{ apiVersion: 'pkg.crossplane.io/v1', kind: 'Function' },
      metadata: {
        name: 'function-bundle',
        annotations: {
          'render.crossplane.io/runtime': 'Development',
          'render.crossplane.io/runtime-development-target': target,
        },
      },
      spec: { package: 'xpkg.example.org/function-bundle:v1.0.0' },
    },
    {
      ...{ apiVersion: 'test.dev/v1', kind: 'Bundle', metadata: { name: 'all', namespace: 'team' } },
      spec: { tier: { namespace: 'platform', name: 'prod' } },
    },
  ];
}

/** Plans one custom resource for two clusters, in a Tier with rules. */
async function plan(t: TestContext, apiVersion: string, kind: string, health: readonly TeamHealthRule[] = []) {
  const object: KubeObject = { apiVersion, kind, metadata: { name: 'x', namespace: 'home' }, spec: {} };
  const namespace: KubeObject = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'home' } };
  const { target, stop } = await serveScript(() => ({ resources: desire({ namespace, object }) }));
  t.after(stop);
  const fleet = sampleFleet({ 'eu-1': {}, 'eu-2': {} }, bundle(target)).map((each) => {
    const isTier = each.kind === 'Tier' && health.length > 0;
    return isTier ? { ...each, spec: { ...(each.spec as JsonObject), health: health as unknown as Json } } : each;
  });
  const tree = await settleTree(sampleFolder(t, fleet), { maxVirtualSeconds: 900, onProgress: () => {} });
  const slices = tree.hub.list({ apiVersion: 'crossply.dev/v1alpha1', kind: 'AssignmentSlice' });
  const slice = slices.find((each) => readFieldPath(each, 'spec.owner.kind') === 'Bundle');
  const reports = ((slice?.status ?? {}) as AssignmentSliceStatus).assignments ?? [];
  const told = reports.map(({ phase, messages, proves }) => [phase, messages, proves]);
  return { plan: await describeTree(tree), told, rules: readFieldPath(slice ?? {}, 'spec.health') };
}

test('a plan comes to its end with kinds whose operators only the members have, and says so', async (t) => {
  const { plan: planned, told } = await plan(t, 'kafka.strimzi.io/v1beta2', 'Kafka');
  assert.deepEqual([planned.problems, planned.isConverged], [[], true]);
  assert.deepEqual(told, [
    ['Healthy', [], true],
    ['Healthy', [], true],
  ]);
  assert.deepEqual(planned.notes, ['their operators are taken to do their work: Kafka (kafka.strimzi.io)']);
});

test('what nobody has described is taken for healthy after a minute, and the plan and the report say so', async (t) => {
  const { plan: planned, told } = await plan(t, 'example.org/v1', 'Widget');
  assert.deepEqual([planned.problems, planned.isConverged], [[], true]);
  const guess = 'Widget/x: says nothing of its health for 60 s; taken for healthy';
  assert.deepEqual(told, [
    ['Healthy', [guess], false],
    ['Healthy', [guess], false],
  ]);
  assert.deepEqual(planned.notes, [
    'no rule tells their health, so they are taken for healthy after 60 s of silence: Widget (example.org)',
  ]);
  const { moves = [] } = planned.composites.find(({ kind }) => kind === 'Bundle') ?? {};
  const moved = moves.filter(({ change }) => change === 'healthy');
  assert.equal(moved.length, 2);
  assert.ok(moved.every(({ seconds }) => seconds >= 60));
});

test('a rule of the Tier reaches Delivery beside the entries of the slice, and its kind gets healthy by it', async (t) => {
  const rule: TeamHealthRule = {
    ...{ group: 'example.org', kind: 'Widget' },
    healthy: 'has(object.status) && has(object.status.state) && object.status.state == "running"',
  };
  const { plan: planned, told, rules } = await plan(t, 'example.org/v1', 'Widget', [rule]);
  assert.deepEqual([planned.problems, planned.isConverged], [[], true]);
  assert.deepEqual(rules, [rule]);
  assert.deepEqual(told, [
    ['Healthy', [], true],
    ['Healthy', [], true],
  ]);
  assert.deepEqual(planned.notes, ['their operators are taken to do their work: Widget (example.org)']);
});
