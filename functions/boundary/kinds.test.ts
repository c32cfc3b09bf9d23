import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatProblem } from '../kube/problem.ts';
import { checkKind } from './kinds.ts';

function refusalOf(apiVersion: string, kind: string): string | undefined {
  const problem = checkKind({ apiVersion, kind, metadata: { name: 'x' } });
  return problem && formatProblem(problem);
}

test('namespaced kinds that run an application may be delivered, in any version', () => {
  for (const [apiVersion, kind] of [
    ['v1', 'ConfigMap'],
    ['apps/v1', 'Deployment'],
    ['batch/v1', 'CronJob'],
    ['gateway.networking.k8s.io/v1beta1', 'HTTPRoute'],
    ['external-secrets.io/v1', 'ExternalSecret'],
  ] as const) {
    assert.equal(refusalOf(apiVersion, kind), undefined, kind);
  }
});

test('kinds that govern the namespace belong to the ComputeNamespace', () => {
  const expected = (kind: string) =>
    `kind: ${kind} belongs to the ComputeNamespace; set quota, limits, access and network there`;
  for (const [apiVersion, kind] of [
    ['v1', 'Namespace'],
    ['v1', 'ResourceQuota'],
    ['v1', 'LimitRange'],
    ['networking.k8s.io/v1', 'NetworkPolicy'],
    ['rbac.authorization.k8s.io/v1', 'Role'],
    ['rbac.authorization.k8s.io/v1', 'RoleBinding'],
  ] as const) {
    assert.equal(refusalOf(apiVersion, kind), expected(kind));
  }
});

test('cluster-scoped and unknown kinds are refused, and what may be delivered is told', () => {
  assert.match(refusalOf('rbac.authorization.k8s.io/v1', 'ClusterRoleBinding') ?? '', /ask the platform team/);
  assert.match(
    refusalOf('v1', 'Node') ?? '',
    /Node of the core group may not .*; of the core group these may: ConfigMap/,
  );
  assert.match(
    refusalOf('cert-manager.io/v1', 'ClusterIssuer') ?? '',
    /of group cert-manager.io these may: Certificate/,
  );
  assert.match(refusalOf('example.com/v1', 'Thing') ?? '', /Thing of group example.com may not/);
});

test('a group does not lend its kinds to another, nor does a prototype', () => {
  assert.notEqual(refusalOf('evil.com/v1', 'Deployment'), undefined);
  assert.notEqual(refusalOf('v1', 'Deployment'), undefined);
  assert.notEqual(refusalOf('constructor/v1', 'name'), undefined);
});
