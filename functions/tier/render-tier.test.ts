import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TierSpec } from '../generated/types.ts';
import { isJsonObject } from '../kube/json.ts';
import { isDnsSubdomain } from '../kube/names.ts';
import { formatProblem } from '../kube/problem.ts';
import { checkTier, renderTier } from './render-tier.ts';
import { tierPolicy } from './tier-policy.ts';

const tier = { namespace: 'platform', name: 'prod' };
const render = (spec: TierSpec) => renderTier(spec, tierPolicy(spec, undefined, tier), tier);
const names = (spec: TierSpec) => render(spec).map(({ kind, metadata }) => `${kind}/${metadata.name}`);
const roles = ['view', 'edit', 'admin'].map((level) => `ClusterRole/crossply:platform:prod:${level}`);

test('a Tier without rules brings its roles only', () => {
  assert.deepEqual(names({ platform: 'web' }), roles);
});

test('a Tier brings its PriorityClass and one policy with a binding for each rule', () => {
  const spec: TierSpec = {
    platform: 'web',
    priorityClass: { value: 7, preemptionPolicy: 'Never' },
    allowedRegistries: ['r.example.com'],
    requiredLabels: ['team'],
  };
  assert.deepEqual(names(spec), [
    ...roles,
    'PriorityClass/platform.prod',
    'ValidatingAdmissionPolicy/platform.prod.allowed-registries',
    'ValidatingAdmissionPolicyBinding/platform.prod.allowed-registries',
    'ValidatingAdmissionPolicy/platform.prod.required-labels',
    'ValidatingAdmissionPolicyBinding/platform.prod.required-labels',
  ]);
  for (const { kind, metadata } of render(spec)) {
    assert.ok(kind === 'ClusterRole' || isDnsSubdomain(metadata.name ?? ''), metadata.name);
  }
  const priority = render(spec).find(({ kind }) => kind === 'PriorityClass');
  assert.deepEqual([priority?.['value'], priority?.['preemptionPolicy']], [7, 'Never']);
});

test('registries that come from the Platform are kept in the clusters too', () => {
  const spec = { platform: 'web' };
  const policy = tierPolicy(spec, { allowedRegistries: ['r.example.com'] }, tier);
  assert.ok(renderTier(spec, policy, tier).some(({ kind }) => kind === 'ValidatingAdmissionPolicy'));
});

test('a policy fails closed, and binds in the Namespaces of its Tier only', () => {
  const objects = render({ platform: 'web', requiredLabels: ['team'] });
  const policy = objects.find(({ kind }) => kind === 'ValidatingAdmissionPolicy');
  assert.equal(isJsonObject(policy?.spec) && policy.spec['failurePolicy'], 'Fail');
  const binding = objects.find(({ kind }) => kind === 'ValidatingAdmissionPolicyBinding');
  assert.deepEqual(binding?.spec, {
    policyName: 'platform.prod.required-labels',
    validationActions: ['Deny'],
    matchResources: {
      namespaceSelector: {
        matchLabels: { 'crossply.dev/tier': 'prod', 'crossply.dev/tier-namespace': 'platform' },
      },
    },
  });
});

test('no rendered text is taken for a hole', () => {
  const spec: TierSpec = {
    platform: 'web',
    allowedRegistries: ['r.example.com/a', 'quay.io'],
    requiredLabels: ['team'],
  };
  assert.equal(JSON.stringify(render(spec)).includes('${'), false);
});

test('a PriorityClass must not take a name of the system, nor a label an impossible one', () => {
  const spec: TierSpec = { platform: 'web', priorityClass: { value: 1 }, requiredLabels: ['a b'] };
  assert.deepEqual(checkTier(spec, { namespace: 'system-web', name: 'prod' }).map(formatProblem), [
    'spec.priorityClass: would be named system-web.prod, and names that begin with system- are reserved for Kubernetes; keep the Platform in a namespace of another name',
    'spec.requiredLabels[0]: must be the key of a label, such as team (got "a b")',
  ]);
  assert.deepEqual(checkTier({ platform: 'web', priorityClass: { value: 1 } }, tier), []);
});
