import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TierPolicy } from '../generated/types.ts';
import type { JsonObject } from '../kube/json.ts';
import type { KubeObject } from '../kube/object.ts';
import { formatProblem } from '../kube/problem.ts';
import { type Boundary, checkBoundary } from './boundary.ts';

const tenant = (policy?: Partial<TierPolicy>): Boundary => ({
  scope: 'Namespace',
  namespace: 'team-shop',
  ...(policy !== undefined && { policy: { podSecurity: 'Baseline', deletionPolicy: 'Protect', ...policy } }),
});
const manifest = (apiVersion: string, kind: string, more: JsonObject = {}, namespace = 'team-shop'): KubeObject => ({
  apiVersion,
  kind,
  metadata: { name: 'web', namespace },
  ...more,
});
const deployment = (container: JsonObject) =>
  manifest('apps/v1', 'Deployment', { spec: { template: { spec: { containers: [{ name: 'web', ...container }] } } } });
const problemsOf = (object: KubeObject, boundary: Boundary) => checkBoundary(object, boundary).map(formatProblem);

test('a Secret with data is refused in every scope, one without is not', () => {
  const refusal = (field: string) =>
    `Secret/web ${field}: must not be set: secrets never pass through the hub; use an ExternalSecret, or a Secret that exists in the cluster`;
  const secret = manifest('v1', 'Secret', { data: { a: 'b' }, stringData: { c: 'd' } });
  for (const boundary of [tenant(), { scope: 'Cluster' } as const]) {
    assert.deepEqual(problemsOf(secret, boundary), [refusal('data'), refusal('stringData')]);
    assert.deepEqual(problemsOf(manifest('v1', 'Secret'), boundary), []);
  }
});

test('a tenant delivers into its own namespace only', () => {
  assert.deepEqual(problemsOf(manifest('v1', 'ConfigMap', {}, 'kube-system'), tenant()), [
    'ConfigMap/web metadata.namespace: must be team-shop (got "kube-system"); leave it out',
  ]);
  const { namespace: _, ...metadata } = manifest('v1', 'ConfigMap').metadata;
  assert.equal(problemsOf({ ...manifest('v1', 'ConfigMap'), metadata }, tenant()).length, 1);
});

test('a kind that a tenant may not deliver is refused for that alone; the platform may deliver it', () => {
  const role = manifest('rbac.authorization.k8s.io/v1', 'ClusterRole', {}, '');
  assert.match(problemsOf(role, tenant())[0] ?? '', /^ClusterRole\/web kind: /);
  assert.equal(problemsOf(role, tenant()).length, 1);
  assert.deepEqual(problemsOf(role, { scope: 'Cluster' }), []);
});

test('images and pod security are held against the policy of the Tier', () => {
  const bad = deployment({ image: 'evil/web', securityContext: { privileged: true } });
  assert.deepEqual(problemsOf(bad, tenant({ allowedRegistries: ['r.example.com'] })), [
    'Deployment/web spec.template.spec.containers[0].image: must come from r.example.com (got "evil/web"); the Tier\'s allowedRegistries decide',
    'Deployment/web spec.template.spec.containers[0].securityContext.privileged: must not be true; the Tier allows pod security Baseline',
  ]);
  assert.deepEqual(problemsOf(bad, tenant({ podSecurity: 'Privileged' })), []);
  assert.notDeepEqual(problemsOf(deployment({ image: 'web' }), tenant({ podSecurity: 'Restricted' })), []);
});

test('without a policy pods are held to Baseline', () => {
  assert.equal(problemsOf(deployment({ securityContext: { privileged: true } }), tenant()).length, 1);
  assert.deepEqual(problemsOf(deployment({ image: 'web' }), tenant()), []);
});

test('a Service may not take over addresses of the cluster', () => {
  assert.deepEqual(problemsOf(manifest('v1', 'Service', { spec: { externalIPs: ['10.0.0.1'] } }), tenant()), [
    'Service/web spec.externalIPs: must not be set by a tenant; use type LoadBalancer',
  ]);
});

test('pods may not have a priority of the system, only of the Tier', () => {
  const pods = (priorityClassName: string) =>
    manifest('apps/v1', 'Deployment', {
      spec: { template: { spec: { priorityClassName, containers: [{ name: 'web', image: 'web' }] } } },
    });
  assert.match(
    problemsOf(pods('system-node-critical'), tenant())[0] ?? '',
    /priorityClassName: must not be a class of the system/,
  );
  assert.deepEqual(problemsOf(pods('platform.prod'), tenant()), []);
});
