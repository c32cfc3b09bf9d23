import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { parse } from 'yaml';
import { compositeSchemas } from '../generated/schemas.ts';
import type { AppSpec } from '../generated/types.ts';
import type { Json, JsonObject } from '../kube/json.ts';
import type { KubeObject } from '../kube/object.ts';
import { applyDefaults } from '../kube/structural-schema.ts';
import { evaluateExpressions } from '../template/environment.ts';
import { compileTemplate } from '../template/fill.ts';
import { renderApp } from './render-app.ts';

const example = parse(readFileSync(new URL('../../examples/online-boutique/app.yaml', import.meta.url), 'utf8'), {
  maxAliasCount: -1,
}) as { readonly items: readonly KubeObject[] };

const rendered = example.items.map(({ spec }) => {
  const defaulted = applyDefaults(compositeSchemas['App'] ?? {}, spec as Json) as unknown as AppSpec;
  return renderApp(defaulted, { name: 'boutique', labels: {}, namespace: 'boutique-prod-shop' });
});

const environment = {
  cluster: {
    name: 'eu-1',
    labels: { 'example.com/size': 'large', 'topology.kubernetes.io/region': 'europe-west1' },
    properties: { 'provider.example.com': 'gcp' },
    version: 'v1.34.2',
    set: 'europe',
  },
  app: { name: 'boutique', namespace: 'boutique-prod', labels: {} },
  tier: { name: 'prod', namespace: 'platform', platform: 'web' },
  namespace: 'boutique-prod-shop',
  replicas: { cartservice: 2 },
};

function filled(kind: string, name: string): Json {
  const manifest = rendered[0]?.manifests.find((each) => each.kind === kind && each.metadata.name === name);
  const template = compileTemplate(manifest ?? null);
  assert.ok(template.value, JSON.stringify(template.problems));
  const { values, problems } = evaluateExpressions(template.value.expressions, environment);
  assert.deepEqual(problems, []);
  return template.value.fill(values).value ?? null;
}

type Deployment = {
  readonly spec: {
    readonly replicas: number;
    readonly template: { readonly spec: { readonly containers: readonly [{ readonly env: readonly JsonObject[] }] } };
  };
};

const deployment = (name: string) => filled('Deployment', name) as unknown as Deployment;
const variable = (component: string, name: string) =>
  deployment(component).spec.template.spec.containers[0].env.find((each) => each['name'] === name)?.['value'];

test('both Apps of the demo render without problems: twelve Deployments and their Services', () => {
  assert.equal(rendered.length, 2);
  for (const { manifests, problems } of rendered) {
    assert.deepEqual(problems, []);
    const count = (kind: string) => manifests.filter((manifest) => manifest.kind === kind).length;
    assert.deepEqual([count('Deployment'), count('Service'), manifests.length], [12, 11, 23]);
  }
});

test('its holes can be filled for a cluster: numbers where numbers belong, text in variables', () => {
  assert.equal(deployment('frontend').spec.replicas, 3);
  assert.equal(deployment('cartservice').spec.replicas, 2);
  assert.equal('replicas' in deployment('redis-cart').spec, false, 'left to whoever scales it');
  assert.equal(variable('frontend', 'FRONTEND_MESSAGE'), 'Served from europe-west1 by eu-1 (prod)');
  assert.equal(variable('frontend', 'ENV_PLATFORM'), 'gcp');
  assert.equal(variable('loadgenerator', 'USERS'), '50');
});
