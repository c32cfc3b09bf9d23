import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatProblem } from '../kube/problem.ts';
import { sampleFacts } from './sample-facts.ts';
import { checkServiceAccounts, serviceAccounts } from './service-accounts.ts';

const account = (name: string, more = {}, metadata = {}) => ({
  apiVersion: 'v1',
  kind: 'ServiceAccount',
  metadata: { name, namespace: 'team-shop', ...metadata },
  ...more,
});

test('the default account gives no token to pods, the others are as given', () => {
  const annotations = { 'cloud.example.com/role': '${cluster.name}-web' };
  const given = [
    { name: 'web', annotations, imagePullSecrets: [{ name: 'pull' }] },
    { name: 'ci', automountServiceAccountToken: true },
  ];
  assert.deepEqual(serviceAccounts(sampleFacts({ serviceAccounts: given })), [
    account('default', { automountServiceAccountToken: false }),
    account('web', { imagePullSecrets: [{ name: 'pull' }] }, { annotations }),
    account('ci', { automountServiceAccountToken: true }),
  ]);
});

test('a ComputeNamespace may say more of the default account', () => {
  const pull = { imagePullSecrets: [{ name: 'pull' }] };
  const rendered = (more: object) => serviceAccounts(sampleFacts({ serviceAccounts: [{ name: 'default', ...more }] }));
  assert.deepEqual(rendered(pull), [account('default', { automountServiceAccountToken: false, ...pull })]);
  assert.deepEqual(rendered({ automountServiceAccountToken: true }), [
    account('default', { automountServiceAccountToken: true }),
  ]);
});

test('impossible names and annotations that steer Crossply are refused: an account must not end up on the hub', () => {
  const given = [{ name: 'web' }, { name: 'A b', annotations: { 'crossply.dev/target': 'hub' } }];
  assert.deepEqual(checkServiceAccounts(sampleFacts({ serviceAccounts: given })).map(formatProblem), [
    'spec.serviceAccounts[1].name: must be lower-case letters, digits, dashes and dots (got "A b")',
    "spec.serviceAccounts[1].annotations['crossply.dev/target']: is set by Crossply or Kubernetes; leave it out, or use a key of your own",
  ]);
});
