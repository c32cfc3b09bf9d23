import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compositeSchemas } from '../generated/schemas.ts';
import type { AppSpec, Component, Manifest } from '../generated/types.ts';
import { formatProblem } from '../kube/problem.ts';
import { containerFields } from './container.ts';
import { podFields } from './pod-template.ts';
import { renderApp } from './render-app.ts';
import { samplePart } from './sample-part.ts';
import { kindFields } from './workload.ts';

const { app } = samplePart();
const web: Component = { name: 'web', image: 'example.com/web:1' };
const render = (spec: Partial<AppSpec>) => renderApp({ computeNamespace: 'shop', ...spec }, app);
const titles = (spec: Partial<AppSpec>) =>
  render(spec).manifests.map(({ kind, metadata }) => `${kind}/${metadata.name}`);
const problemsOf = (spec: Partial<AppSpec>) => render(spec).problems.map(formatProblem);
const configMap = (name: string, more: object = {}): Manifest => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name },
  ...more,
});

test('a component becomes its objects, all named after it', () => {
  const component: Component = {
    ...web,
    ports: [{ containerPort: 80 }],
    service: {},
    ingress: {},
    httpRoute: {},
    autoscaling: { maxReplicas: 3 },
    disruption: { minAvailable: 1 },
  };
  assert.deepEqual(titles({ components: [component, { ...web, name: 'api' }], manifests: [configMap('extra')] }), [
    'Deployment/web',
    'Service/web',
    'Ingress/web',
    'HTTPRoute/web',
    'HorizontalPodAutoscaler/web',
    'PodDisruptionBudget/web',
    'Deployment/api',
    'ConfigMap/extra',
  ]);
  assert.deepEqual(problemsOf({ components: [component] }), []);
});

test('every field of a component goes somewhere', () => {
  const elsewhere = ['name', 'kind', 'labels', 'annotations', 'sidecars', 'initContainers', 'volumes', 'configFiles'];
  const objects = ['service', 'ingress', 'httpRoute', 'disruption', 'pod'];
  const rendered = [...containerFields, ...podFields, ...Object.values(kindFields).flat(), ...elsewhere, ...objects];
  const published = compositeSchemas['App']?.properties?.['components']?.items?.properties ?? {};
  assert.deepEqual([...new Set<string>(rendered)].sort(), Object.keys(published).sort());
});

test('own manifests stay as they are, in the member namespace where they name none', () => {
  const elsewhere = {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'b', namespace: 'other' },
    data: { x: '${1}' },
  };
  assert.deepEqual(render({ manifests: [configMap('a', { data: { n: '$${x}' } }), elsewhere] }).manifests, [
    { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a', namespace: 'team-shop' }, data: { n: '$${x}' } },
    elsewhere,
  ]);
});

test('manifests without apiVersion, kind or name are refused one and all', () => {
  const manifests = [{ metadata: {} }, { apiVersion: 'v1', kind: 'ConfigMap' }] as unknown as readonly Manifest[];
  assert.deepEqual(problemsOf({ manifests }), [
    'spec.manifests[0].apiVersion: is required',
    'spec.manifests[0].kind: is required',
    'spec.manifests[0].metadata.name: is required',
    'spec.manifests[1].metadata.name: is required',
  ]);
  assert.deepEqual(titles({ manifests }), []);
});

test('the same object twice is refused, whatever its version and whether its namespace is spelled out', () => {
  const namespaced: Manifest = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a', namespace: 'team-shop' } };
  const deployment: Manifest = { apiVersion: 'apps/v2', kind: 'Deployment', metadata: { name: 'web' } };
  assert.deepEqual(problemsOf({ components: [web], manifests: [configMap('a'), namespaced, deployment] }), [
    'spec.manifests[1]: ConfigMap/a is there already, from spec.manifests[0]',
    'spec.manifests[2]: Deployment/web is there already, from spec.components[0]',
  ]);
});

test('a Secret may be referred to but not carry data', () => {
  const secret = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'a' } };
  assert.deepEqual(problemsOf({ manifests: [secret] }), []);
  assert.deepEqual(
    render({ manifests: [{ ...secret, data: { a: 'eA==' }, stringData: {} }] }).problems.map(({ path }) => path),
    ['spec.manifests[0].data', 'spec.manifests[0].stringData'],
  );
});

test('keys of crossply.dev are refused: one of them would keep an object on the hub', () => {
  const annotations = { 'crossply.dev/target': 'hub' };
  const manifest: Manifest = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a', annotations } };
  const service = { ports: [{ port: 80 }], annotations };
  assert.deepEqual(
    problemsOf({ components: [{ ...web, service, labels: { 'crossply.dev/xr': 'x' } }], manifests: [manifest] }),
    [
      "spec.components[0]: Deployment/web must not have crossply.dev/xr among its labels: keys of crossply.dev are Crossply's own; leave it out",
      "spec.components[0]: Service/web must not have crossply.dev/target among its annotations: keys of crossply.dev are Crossply's own; leave it out",
      "spec.manifests[0]: ConfigMap/a must not have crossply.dev/target among its annotations: keys of crossply.dev are Crossply's own; leave it out",
    ],
  );
});

test('problems of every component and of the App are told together', () => {
  const policy = { podSecurity: 'Baseline', deletionPolicy: 'Protect', requiredLabels: ['team'] } as const;
  const broken: Component = {
    ...web,
    kind: 'CronJob',
    labels: { 'app.kubernetes.io/name': 'x' },
    pod: { containers: [] },
    volumeMounts: [{ name: 'x', mountPath: '/x' }],
    configFiles: [{ mountPath: '/y', files: { 'a/b': '' } }],
    service: {},
    ingress: {},
    httpRoute: {},
  };
  const { problems } = renderApp(
    { computeNamespace: 'shop', components: [web, { ...broken, name: 'b' }] },
    { ...app, policy },
  );
  const paths = problems.map(({ path }) => path.replace('spec.components[1].', ''));
  assert.deepEqual(paths, [
    'metadata.labels.team',
    'schedule',
    "labels['app.kubernetes.io/name']",
    'pod.containers',
    'volumeMounts[0].name',
    "configFiles[0].files['a/b']",
    'service',
    'ingress',
    'httpRoute',
  ]);
});
