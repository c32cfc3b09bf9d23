import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseResourcePath } from './resource-path.ts';
import { isWatch, realQuery } from './resource-query.ts';

function real(path: string, query: string): string {
  const parsed = parseResourcePath(path);
  assert.ok(parsed);
  return decodeURIComponent(realQuery('eu1', parsed, new URLSearchParams(query)).toString());
}

const own = 'lab.crossply.dev/virtual-cluster=eu1';

test('a collection over all namespaces selects the label of the cluster beside what was asked', () => {
  assert.equal(real('/apis/apps/v1/deployments', ''), `labelSelector=${own}`);
  assert.equal(real('/api/v1/namespaces', 'watch=1&labelSelector=a'), `watch=1&labelSelector=a,${own}`);
  assert.equal(real('/api/v1/services', 'labelSelector='), `labelSelector=${own}`);
});

test('inside a namespace, for one object, and for what controllers make nothing is selected', () => {
  assert.equal(real('/apis/apps/v1/namespaces/shop/deployments', ''), '');
  assert.equal(real('/api/v1/namespaces/shop', 'timeout=5s'), 'timeout=5s');
  assert.equal(real('/api/v1/pods', 'limit=500'), 'limit=500');
});

test('field selectors name real namespaces, and real names where names are real', () => {
  assert.equal(
    real('/api/v1/pods', 'fieldSelector=metadata.namespace!=shop,metadata.name=web,status.phase==Running'),
    'fieldSelector=metadata.namespace!=shop--eu1,metadata.name=web,status.phase==Running',
  );
  assert.equal(
    real('/api/v1/namespaces/shop/events', 'fieldSelector=involvedObject.namespace=shop,involvedObject.name=web'),
    'fieldSelector=involvedObject.namespace=shop--eu1,involvedObject.name=web',
  );
  assert.equal(
    real('/api/v1/namespaces', 'fieldSelector=metadata.name=shop'),
    `fieldSelector=metadata.name=shop--eu1&labelSelector=${own}`,
  );
});

test('a watch is asked for with true or 1', () => {
  assert.deepEqual(
    ['watch=true', 'watch=1', 'watch=false', ''].map((query) => isWatch(new URLSearchParams(query))),
    [true, true, false, false],
  );
});
