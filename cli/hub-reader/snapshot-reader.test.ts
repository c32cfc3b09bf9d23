import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { KubeObject } from '../../functions/kube/object.ts';
import type { HubReader } from './hub-reader.ts';
import { snapshotReader } from './snapshot-reader.ts';

const kind = { apiVersion: 'example.com/v1', kind: 'Website' };
const website = (namespace: string, name: string): KubeObject => ({ ...kind, metadata: { namespace, name } });
const all = [website('a', 'blog'), website('b', 'blog'), website('b', 'shop')];

function counted(): { readonly reader: HubReader; readonly asked: string[] } {
  const asked: string[] = [];
  return {
    asked,
    reader: {
      async get({ namespace, name }) {
        asked.push(`get ${namespace}/${name}`);
        return all.find(({ metadata }) => metadata.namespace === namespace && metadata.name === name);
      },
      async list({ namespace = '*' }) {
        asked.push(`list ${namespace}`);
        return all.filter(({ metadata }) => namespace === '*' || metadata.namespace === namespace);
      },
    },
  };
}

test('every object and every list is asked for once, at the same time as well', async () => {
  const { reader, asked } = counted();
  const snapshot = snapshotReader(reader);
  const blog = { ...kind, namespace: 'a', name: 'blog' };
  const found = await Promise.all([snapshot.get(blog), snapshot.get(blog), snapshot.list({ ...kind, namespace: 'b' })]);
  assert.deepEqual(found, [all[0], all[0], all.slice(1)]);
  assert.deepEqual(await snapshot.list({ ...kind, namespace: 'b' }), all.slice(1));
  assert.equal(await snapshot.get({ ...kind, namespace: 'a', name: 'none' }), undefined);
  await snapshot.get({ ...kind, namespace: 'a', name: 'none' });
  assert.deepEqual(asked.sort(), ['get a/blog', 'get a/none', 'list b']);
});

test('once all objects of a kind are known, nothing of it is asked for', async () => {
  const { reader, asked } = counted();
  const snapshot = snapshotReader(reader);
  assert.deepEqual(await snapshot.list(kind), all);
  assert.deepEqual(await snapshot.list({ ...kind, namespace: 'b' }), all.slice(1));
  assert.deepEqual(await snapshot.get({ ...kind, namespace: 'b', name: 'shop' }), all[2]);
  assert.equal(await snapshot.get({ ...kind, namespace: 'a', name: 'shop' }), undefined);
  assert.deepEqual(asked, ['list *']);
});
