import assert from 'node:assert/strict';
import { test } from 'node:test';
import { marked, partObject, pickFields } from './app-part.ts';
import { samplePart } from './sample-part.ts';

test('fields are picked as they are; null counts as left out, zero and false do not', () => {
  const fields = { zero: 0, no: false, none: null, empty: {}, other: 1 };
  assert.deepEqual(pickFields(fields, ['zero', 'no', 'none', 'empty', 'absent']), { zero: 0, no: false, empty: {} });
});

test('empty annotations are left out of a metadata', () => {
  assert.deepEqual(marked({ labels: { a: 'b' }, annotations: {} }), { labels: { a: 'b' } });
});

test('an object has no namespace when the member namespace is not known', () => {
  const { app, ...part } = samplePart();
  const { namespace: _, ...facts } = app;
  const type = { apiVersion: 'v1', kind: 'ConfigMap' };
  assert.deepEqual(partObject({ ...part, app: facts }, type, { labels: {} }, { data: {} }), {
    ...type,
    metadata: { name: 'web', labels: {} },
    data: {},
  });
});
