import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AppSpec, Component, Manifest } from '../generated/types.ts';
import type { JsonObject } from '../kube/json.ts';
import { formatProblem } from '../kube/problem.ts';
import { renderApp } from './render-app.ts';
import { samplePart } from './sample-part.ts';

const web: Component = { name: 'web', image: 'example.com/web:1', replicas: 3 };
const scaler = (spec: JsonObject, kind = 'HorizontalPodAutoscaler', apiVersion = 'autoscaling/v2'): Manifest => ({
  ...{ apiVersion, kind, metadata: { name: 'grow' }, spec },
});
const ofWeb = { scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' }, maxReplicas: 9 };

function render(spec: Partial<AppSpec>, isDivided = false) {
  const app = { ...samplePart().app, ...(isDivided && { isDivided }) };
  const { manifests, notes, problems } = renderApp({ computeNamespace: 'shop', ...spec }, app);
  const target = manifests.find(({ metadata }) => metadata.name === 'web');
  return { spec: target?.spec as JsonObject, notes, problems: problems.map(formatProblem) };
}

test('an autoscaler among the manifests takes the number of replicas out of its target, and that is told', () => {
  const { spec, notes, problems } = render({ components: [web], manifests: [scaler(ofWeb)] });
  assert.equal('replicas' in spec, false);
  assert.deepEqual(notes, ['the replicas of Deployment/web are left to HorizontalPodAutoscaler/grow']);
  assert.deepEqual(problems, []);
});

test('so does a ScaledObject, whose target is a Deployment unless it says otherwise', () => {
  const scaled = scaler({ scaleTargetRef: { name: 'web' } }, 'ScaledObject', 'keda.sh/v1alpha1');
  assert.equal('replicas' in render({ components: [web], manifests: [scaled] }).spec, false);
  const other = render({ components: [{ ...web, kind: 'StatefulSet' }], manifests: [scaled] });
  assert.equal('replicas' in other.spec, true);
  assert.deepEqual(other.notes, []);
});

test('a target among the manifests loses its number as well', () => {
  const target: Manifest = {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web' },
    spec: { replicas: 2 },
  };
  const { spec, notes } = render({ manifests: [target, scaler(ofWeb)] });
  assert.deepEqual(spec, {});
  assert.equal(notes.length, 1);
});

test('a component does not get a second autoscaler', () => {
  const components = [{ ...web, autoscaling: { maxReplicas: 5 } }];
  assert.deepEqual(render({ components, manifests: [scaler(ofWeb)] }).problems, [
    'spec.manifests[0]: scales Deployment/web, which spec.components[0].autoscaling does already; keep one of them',
  ]);
});

test('where clusters share the replicas, one to which none fall runs none', () => {
  const { spec } = render({ components: [web], manifests: [scaler(ofWeb)] }, true);
  assert.equal(spec['replicas'], '${replicas["web"] == 0 ? 0 : null}');
});
