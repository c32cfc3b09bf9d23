import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parse } from 'yaml';
import type { KubeObject } from '../../functions/kube/object.ts';
import { formatRendered } from './format-rendered.ts';

const given: KubeObject = {
  apiVersion: 'a.example/v1',
  kind: 'Thing',
  metadata: { name: 'one', labels: { l: 'x' } },
  spec: { keep: [1, 2], crossplane: { resourceRefs: [{ name: 'old' }] } },
  status: { phase: 'Old', count: 3 },
};
const written: KubeObject = {
  apiVersion: 'a.example/v1',
  kind: 'Thing',
  metadata: { name: 'one' },
  spec: { crossplane: { resourceRefs: [{ name: 'new' }] } },
  status: { phase: 'New', count: 0, conditions: [{ type: 'Ready', lastTransitionTime: '2026-05-05T05:05:05Z' }] },
};
const rendered = { composite: written, composed: [], notices: [], context: {} };
const plain = { results: false, fullComposite: false, context: false };

test('the times of conditions are fixed', () => {
  assert.equal(
    parse(formatRendered(rendered, given, plain)).status.conditions[0].lastTransitionTime,
    '2024-01-01T00:00:00Z',
  );
});

test('the full composite is the given one under what was written, lists as a whole, empty values left aside', () => {
  const { spec, status, metadata } = parse(formatRendered(rendered, given, { ...plain, fullComposite: true }));
  assert.deepEqual(spec, { keep: [1, 2], crossplane: { resourceRefs: [{ name: 'new' }] } });
  assert.deepEqual([status.phase, status.count, metadata.labels], ['New', 3, { l: 'x' }]);
});
