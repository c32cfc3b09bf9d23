import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Assignment } from '../generated/types.ts';
import type { JsonObject } from '../kube/json.ts';
import type { KubeObject } from '../kube/object.ts';
import { renderKey } from '../revision/render-context.ts';
import { entryHash } from '../slices/placed-assignment.ts';
import { version } from '../version.ts';
import { computeNamespace } from './function.ts';

const apiVersion = 'crossply.dev/v1alpha1';
const object = (kind: string, name: string, spec: JsonObject, status: JsonObject = {}): KubeObject => ({
  apiVersion,
  kind,
  metadata: { name, namespace: 'platform' },
  spec,
  status,
});
const policy = { podSecurity: 'Restricted', deletionPolicy: 'Protect' };
const tier = object('Tier', 'prod', { platform: 'web' }, { policy });
const sets = [object('ClusterSet', 'us', { tier: 'prod' }), object('ClusterSet', 'eu', { tier: 'prod' })];

const assignment = (cluster: string): Assignment => ({
  cluster,
  providerConfig: { kind: 'ClusterProviderConfig', name: cluster },
  revision: 'shop-1',
  format: 1,
  state: 'Assigned',
});
const report = (cluster: string, phase: string, entry = entryHash(assignment(cluster))) => ({
  cluster,
  entry,
  revision: 'shop-1',
  phase,
  objects: { desired: 1, ready: 1 },
  messages: [],
  since: '2026-01-01T00:00:00Z',
});
const slice = object(
  'AssignmentSlice',
  'shop-eu-0',
  {
    owner: { apiVersion, kind: 'ComputeNamespace', name: 'shop' },
    clusterSet: { namespace: 'platform', name: 'eu' },
    assignments: ['c', 'b', 'a', 'old'].map(assignment) as unknown as JsonObject[],
  },
  {
    assignments: [
      report('a', 'Healthy'),
      report('b', 'Applying'),
      report('c', 'Healthy'),
      report('old', 'Healthy', 'x'),
    ],
  },
);

type Given = {
  readonly required?: { readonly [name: string]: readonly KubeObject[] };
  readonly status?: JsonObject;
  readonly name?: string;
  readonly spec?: JsonObject;
};

function run({
  required = { tier: [tier], 'cluster-sets': sets, apps: [] },
  status = {},
  name = 'shop',
  spec = {},
}: Given = {}) {
  const composite = {
    apiVersion,
    kind: 'ComputeNamespace',
    metadata: { name, namespace: 'team' },
    spec: { tier: { namespace: 'platform', name: 'prod' }, ...spec },
    status,
  };
  return computeNamespace.run(
    {
      input: {},
      context: new Map(),
      observed: { composite, resources: new Map([['slice/eu/0', slice]]) },
      desired: { status: {}, resources: new Map() },
      required: new Map(Object.entries(required)),
    },
    { now: 0 },
  );
}

const problemsOf = ({ context = {} }: ReturnType<typeof run>) =>
  (context[renderKey] as { problems: readonly JsonObject[] }).problems;
const references = (...names: readonly string[]) => names.map((name) => ({ namespace: 'platform', name }));
const published = {
  namespace: 'team-shop',
  tier: { namespace: 'platform', name: 'prod', platform: 'web' },
  policy,
  clusterSets: references('eu', 'us'),
};

test('a ComputeNamespace adds its objects and publishes what Apps need', () => {
  const answer = run();
  assert.deepEqual(answer.requirements, {
    tier: { apiVersion, kind: 'Tier', namespace: 'platform', match: { name: 'prod' } },
    'cluster-sets': { apiVersion, kind: 'ClusterSet', namespace: 'platform', match: { labels: {} } },
    apps: { apiVersion, kind: 'App', namespace: 'team', match: { labels: {} } },
  });
  assert.deepEqual(answer.status, { ...published, readyClusters: ['a', 'c'], claims: [] });
  assert.deepEqual(
    [...(answer.resources?.keys() ?? [])],
    [
      'Namespace/team-shop',
      'ServiceAccount/default',
      'NetworkPolicy/default-deny',
      'NetworkPolicy/allow-dns',
      'NetworkPolicy/allow-same-namespace',
    ],
  );
  assert.deepEqual(answer.context, { [renderKey]: { renderer: { name: 'crossply', version }, problems: [] } });
});

test('without its Tier nothing is rendered, and what Apps go by stays', () => {
  const answer = run({
    required: { tier: [], 'cluster-sets': [], apps: [] },
    status: { ...published, phase: 'Healthy' },
  });
  assert.equal(answer.resources, undefined);
  assert.deepEqual(answer.status, { ...published, readyClusters: ['a', 'c'], claims: [] });
  assert.deepEqual(problemsOf(answer), [
    {
      path: 'spec.tier',
      message: 'there is no Tier "prod" in namespace platform',
      hint: 'create it; what runs is kept meanwhile',
    },
  ]);
});

test('before core has supplied anything, nothing is said to be missing', () => {
  for (const required of [{}, { tier: [tier], 'cluster-sets': sets }, { 'cluster-sets': sets }]) {
    const answer = run({ required, status: published });
    assert.deepEqual(answer.status, { ...published, readyClusters: ['a', 'c'] });
    assert.deepEqual(
      problemsOf(answer).map(({ message }) => message),
      ['waiting for the Tier, its ClusterSets and the Apps'],
    );
  }
});

test('a Tier that lost its ClusterSets leaves the published ones', () => {
  const answer = run({ required: { tier: [tier], 'cluster-sets': [], apps: [] }, status: published });
  assert.deepEqual((answer.status as JsonObject)['clusterSets'], references('eu', 'us'));
});

test('a name that cannot be in the clusters renders nothing', () => {
  const answer = run({ name: 'a--b' });
  assert.equal(answer.resources, undefined);
  assert.deepEqual(answer.status, { readyClusters: ['a', 'c'], claims: [] });
  assert.deepEqual(
    problemsOf(answer).map(({ path }) => path),
    ['metadata.name'],
  );
});

test('a ComputeNamespace with problems renders nothing', () => {
  const answer = run({ spec: { serviceAccounts: [{ name: 'A' }] } });
  assert.equal(answer.resources, undefined);
  assert.deepEqual(
    problemsOf(answer).map(({ path }) => path),
    ['spec.serviceAccounts[0].name'],
  );
});
