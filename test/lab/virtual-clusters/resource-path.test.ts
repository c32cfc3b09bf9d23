import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseResourcePath, realPath } from './resource-path.ts';

const real = (path: string) => {
  const parsed = parseResourcePath(path);
  return parsed === undefined ? 'shared' : realPath('eu1', parsed);
};

test('namespaced paths get the namespace of the cluster and keep the name', () => {
  for (const [path, expected] of [
    ['/api/v1/namespaces/shop/pods', '/api/v1/namespaces/shop--eu1/pods'],
    ['/api/v1/namespaces/shop/pods/web-0/log', '/api/v1/namespaces/shop--eu1/pods/web-0/log'],
    ['/api/v1/namespaces/shop/services/web/proxy/a/b', '/api/v1/namespaces/shop--eu1/services/web/proxy/a/b'],
    ['/apis/apps/v1/namespaces/shop/deployments/web', '/apis/apps/v1/namespaces/shop--eu1/deployments/web'],
    ['/apis/apps/v1/namespaces/shop/deployments/', '/apis/apps/v1/namespaces/shop--eu1/deployments'],
  ] as const) {
    assert.equal(real(path), expected);
  }
});

test('cluster-scoped paths get the name of the cluster, collections stay as they are', () => {
  for (const [path, expected] of [
    ['/api/v1/namespaces', '/api/v1/namespaces'],
    ['/api/v1/namespaces/shop', '/api/v1/namespaces/shop--eu1'],
    ['/api/v1/namespaces/shop/status', '/api/v1/namespaces/shop--eu1/status'],
    ['/api/v1/namespaces/shop/finalize', '/api/v1/namespaces/shop--eu1/finalize'],
    ['/apis/apps/v1/deployments', '/apis/apps/v1/deployments'],
    ['/apis/example.org/v1/worlds/one/status', '/apis/example.org/v1/worlds/one--eu1/status'],
    [
      '/apis/rbac.authorization.k8s.io/v1/clusterroles/a%3Ab',
      '/apis/rbac.authorization.k8s.io/v1/clusterroles/a%3Ab--eu1',
    ],
  ] as const) {
    assert.equal(real(path), expected);
  }
});

test('discovery, health, schemas and nodes are shared', () => {
  for (const path of [
    '/version',
    '/readyz',
    '/api',
    '/api/v1',
    '/apis',
    '/apis/apps',
    '/apis/apps/v1',
    '/openapi/v3/apis/apps/v1',
    '/api/v1/nodes/worker',
    '/apis/apiextensions.k8s.io/v1/customresourcedefinitions',
    '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews',
  ]) {
    assert.equal(real(path), 'shared', path);
  }
});

test('a namespace may be called as a subresource', () => {
  assert.deepEqual(parseResourcePath('/api/v1/namespaces/status/pods/finalize'), {
    prefix: '/api/v1',
    namespace: 'status',
    resource: 'pods',
    name: 'finalize',
    subresource: '',
  });
});
