import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { JsonObject } from '../../../functions/kube/json.ts';
import type { KubeObject } from '../../../functions/kube/object.ts';
import { sayFinding } from '../judging/finding.ts';
import { field, numberAt } from '../judging/json-field.ts';
import { judge } from '../judging/referee.ts';
import { appOf, createStage, profileOf, type Stage } from '../stage/stage.ts';

/** What stands in the members of numbers that people state for all clusters together. */
const divided = { replicas: { mode: 'Divided' } };
const rollout = { waves: [{ name: 'all', maxConcurrent: '100%' }], maxRemovals: '100%', maxJoining: '100%' };
const three = { a: {}, b: {}, c: {} };

function appWith(spec: JsonObject, placement: JsonObject = divided): KubeObject {
  const { spec: before, ...app } = appOf({ image: 'web:1', rollout, placement });
  return { ...app, spec: { ...(before as JsonObject), ...spec } };
}

async function settled(app: KubeObject, clusters: { readonly [name: string]: object } = three): Promise<Stage> {
  const stage = await createStage({
    clusters: Object.fromEntries(Object.keys(clusters).map((name) => [name, { name }])),
  });
  stage.apply(app);
  await stage.hub.runFor(300);
  return stage;
}

/** The values of a field of one object in every member, by cluster; what a member does not have is left out. */
function standing(stage: Stage, kind: string, ...path: readonly string[]): { readonly [cluster: string]: unknown } {
  return Object.fromEntries(
    [...stage.hub.members].flatMap(([name, { store }]): [string, unknown][] => {
      const found = [...store.index.all()].find(
        (each) => each.kind === kind && each.metadata.namespace === 'team-home',
      );
      return found === undefined ? [] : [[name, field(found, ...path)]];
    }),
  );
}

function sum(values: { readonly [cluster: string]: unknown }): number {
  return Object.values(values).reduce((total: number, value) => total + Number(value), 0);
}

function statusOf(stage: Stage) {
  const app = stage.hub.get({ apiVersion: 'crossply.dev/v1alpha1', kind: 'App', namespace: 'team', name: 'shop' });
  return app?.status as {
    readonly phase: string;
    readonly conditions: readonly { readonly type: string; readonly message?: string }[];
  };
}

function keepsPromises({ observer }: Stage): void {
  assert.deepEqual(judge(observer.timeline()).map(sayFinding), []);
}

test('a Job that divides its completions runs them once in all, and a cluster that joins finds nothing left to do', async () => {
  const job = { name: 'index', kind: 'Job', image: 'index:1', completions: 100, parallelism: 10 };
  const stage = await settled(appWith({ components: [job] }));
  assert.deepEqual(sum(standing(stage, 'Job', 'spec', 'completions')), 100);
  assert.deepEqual(sum(standing(stage, 'Job', 'spec', 'parallelism')), 10);
  const before = standing(stage, 'Job', 'spec', 'completions');
  stage.hub.addMember('d');
  stage.apply(profileOf('d', {}));
  await stage.hub.runFor(300);
  assert.deepEqual(standing(stage, 'Job', 'spec', 'completions'), { ...before, d: 0 });
  assert.equal(statusOf(stage).phase, 'Healthy');
  keepsPromises(stage);
});

test('what a cluster that leaves had to do of a Job is done by one that joins in its place', async () => {
  const job = { name: 'index', kind: 'Job', image: 'index:1', completions: 9 };
  const stage = await settled(appWith({ components: [job] }));
  stage.hub.addMember('d');
  stage.apply(profileOf('d', {}));
  stage.apply(appWith({ components: [job] }, { ...divided, excludedClusterNames: ['c'] }));
  await stage.hub.runFor(300);
  assert.deepEqual(standing(stage, 'Job', 'spec', 'completions'), { a: 3, b: 3, d: 3 });
  keepsPromises(stage);
});

test('the bounds of an autoscaler and a disruption budget are those of all clusters together', async () => {
  const component = {
    ...{ name: 'web', image: 'web:1', replicas: 9, autoscaling: { minReplicas: 6, maxReplicas: 12 } },
    disruption: { minAvailable: 4 },
  };
  const stage = await settled(appWith({ components: [component] }));
  assert.deepEqual(standing(stage, 'HorizontalPodAutoscaler', 'spec', 'minReplicas'), { a: 2, b: 2, c: 2 });
  assert.deepEqual(standing(stage, 'HorizontalPodAutoscaler', 'spec', 'maxReplicas'), { a: 4, b: 4, c: 4 });
  assert.equal(sum(standing(stage, 'PodDisruptionBudget', 'spec', 'minAvailable')), 4);
  assert.equal(statusOf(stage).phase, 'Healthy');
  const revision = JSON.stringify(field(statusOf(stage), 'revision'));
  stage.hub.addMember('d');
  stage.apply(profileOf('d', {}));
  await stage.hub.runFor(600);
  assert.equal(sum(standing(stage, 'HorizontalPodAutoscaler', 'spec', 'maxReplicas')), 12);
  assert.equal(sum(standing(stage, 'HorizontalPodAutoscaler', 'spec', 'minReplicas')), 6);
  assert.equal(sum(standing(stage, 'PodDisruptionBudget', 'spec', 'minAvailable')), 4);
  assert.equal(JSON.stringify(field(statusOf(stage), 'revision')), revision, 'shares are no content');
  keepsPromises(stage);
});

test('bounds move as replicas do: nobody gives up a share before another is healthy with its own', async () => {
  const component = { name: 'web', image: 'web:1', replicas: 8, autoscaling: { minReplicas: 6, maxReplicas: 12 } };
  const stage = await settled(appWith({ components: [component] }), { a: {} });
  stage.hub.addMember('b', { readyAfterSeconds: 120 });
  stage.apply(profileOf('b', {}));
  await stage.hub.runFor(60);
  assert.deepEqual(standing(stage, 'HorizontalPodAutoscaler', 'spec', 'maxReplicas'), { a: 12, b: 6 });
  assert.deepEqual(standing(stage, 'HorizontalPodAutoscaler', 'spec', 'minReplicas'), { a: 6, b: 3 });
  await stage.hub.runFor(300);
  assert.deepEqual(standing(stage, 'HorizontalPodAutoscaler', 'spec', 'maxReplicas'), { a: 6, b: 6 });
  assert.deepEqual(standing(stage, 'HorizontalPodAutoscaler', 'spec', 'minReplicas'), { a: 3, b: 3 });
  keepsPromises(stage);
});

test('a budget leaves every cluster a pod that may be evicted, where others can keep theirs', async () => {
  const component = { name: 'web', image: 'web:1', replicas: 6, disruption: { minAvailable: 3 } };
  const stage = await settled(appWith({ components: [component] }));
  assert.deepEqual(standing(stage, 'PodDisruptionBudget', 'spec', 'minAvailable'), { a: 1, b: 1, c: 1 });
  keepsPromises(stage);
});

test('a cluster to which no replica of an autoscaled component falls runs none', async () => {
  const component = { name: 'web', image: 'web:1', replicas: 2, autoscaling: { maxReplicas: 4 } };
  const stage = await settled(appWith({ components: [component] }));
  const counts = Object.values(standing(stage, 'Deployment', 'spec', 'replicas'));
  assert.equal(counts.filter((count) => count === 0).length, 1);
  assert.equal(statusOf(stage).phase, 'Healthy');
  keepsPromises(stage);
});

test('an autoscaler among the manifests has the replicas of its target, divided or not, and the App says so', async () => {
  const scaleTargetRef = { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' };
  const scaler = {
    ...{ apiVersion: 'autoscaling/v2', kind: 'HorizontalPodAutoscaler', metadata: { name: 'grow' } },
    spec: { scaleTargetRef, minReplicas: 2, maxReplicas: 8 },
  };
  for (const placement of [{}, divided]) {
    const components = (image: string) => [{ name: 'web', image, replicas: 6 }];
    const app = (image: string) => appWith({ components: components(image), manifests: [scaler] }, placement);
    const stage = await settled(app('web:1'));
    const defaults = { a: 1, b: 1, c: 1 };
    assert.deepEqual(standing(stage, 'Deployment', 'spec', 'replicas'), defaults, 'nobody tells how many');
    const rendered = statusOf(stage).conditions.find(({ type }) => type === 'Rendered');
    assert.match(rendered?.message ?? '', /the replicas of Deployment\/web are left to HorizontalPodAutoscaler\/grow/);
    assert.equal(statusOf(stage).phase, 'Healthy');
    stage.apply(app('web:2'));
    await stage.hub.runFor(600);
    assert.equal(statusOf(stage).phase, 'Healthy');
    assert.equal(numberAt(statusOf(stage), 'clusters', 'updated'), 3);
    keepsPromises(stage);
  }
});
