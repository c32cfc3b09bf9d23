import assert from 'node:assert/strict';
import { test } from 'node:test';
import { placementKey } from '../cluster-selector/placement-context.ts';
import type { Json, JsonObject } from '../kube/json.ts';
import { renderKey } from '../revision/render-context.ts';
import { version } from '../version.ts';
import { app } from './function.ts';

const web: JsonObject = { name: 'web', image: 'example.com/web:1', ports: [{ containerPort: 80 }], service: {} };
const placement = (mode: string) => ({
  mode,
  chosen: [],
  verdicts: [],
  candidates: 0,
  summary: { reason: 'ComputeNamespaceMissing', message: 'there is no ComputeNamespace "shop"' },
});
const decided: JsonObject = {
  placement: placement('Decided'),
  namespace: 'team-shop',
  policy: { podSecurity: 'Baseline', deletionPolicy: 'Protect', requiredLabels: ['team'] },
};
const renderer = { name: 'crossply', version };

function run(context: Json | undefined, { labels = { team: 'a' }, spec = { components: [web] } as JsonObject } = {}) {
  const metadata = { name: 'shop', namespace: 'team', labels };
  const composite = {
    apiVersion: 'crossply.dev/v1alpha1',
    kind: 'App',
    metadata,
    spec: { computeNamespace: 'shop', ...spec },
  };
  const earlier = { resource: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'earlier' } } };
  return app.run(
    {
      input: {},
      context: new Map(context === undefined ? [] : [[placementKey, context]]),
      observed: { composite, resources: new Map() },
      desired: { status: {}, resources: new Map([['earlier', earlier]]) },
      required: new Map(),
    },
    { now: 0 },
  );
}

test('manifests are added to the desired resources, and FanOut is told who rendered them', () => {
  const { resources, context } = run(decided);
  assert.deepEqual([...(resources?.keys() ?? [])], ['earlier', 'Deployment.apps/web', 'Service/web']);
  const labels = resources?.get('Deployment.apps/web')?.resource.metadata.labels;
  assert.equal(labels?.['team'], 'a');
  assert.equal(resources?.get('Service/web')?.resource.metadata.namespace, 'team-shop');
  assert.deepEqual(context, { [renderKey]: { renderer, problems: [] } });
});

test('an App with problems renders nothing and says why', () => {
  const { resources, context } = run(decided, { labels: { team: '' } });
  assert.equal(resources, undefined);
  const told = context?.[renderKey] as { problems: readonly { path: string }[] };
  assert.deepEqual(
    told.problems.map(({ path }) => path),
    ['metadata.labels.team'],
  );
});

test('without a decision nothing is rendered, so that FanOut keeps what runs', () => {
  const { resources, context } = run({ placement: placement('KeepLastGood') });
  assert.equal(resources, undefined);
  const problems = [{ path: '', message: 'there is no ComputeNamespace "shop"' }];
  assert.deepEqual(context, { [renderKey]: { renderer, problems } });
});

test('a pipeline without ClusterSelector is refused', () => {
  assert.match(run(undefined).fatal ?? '', /ClusterSelector before it/);
});

test('the same App gives the same answer', () => {
  assert.deepEqual(run(decided), run(decided));
});
