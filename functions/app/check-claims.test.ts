import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AppSpec } from '../generated/types.ts';
import { formatProblem } from '../kube/problem.ts';
import { checkClaims } from './check-claims.ts';

const spec: AppSpec = {
  computeNamespace: 'shop',
  components: [{ name: 'web', image: 'web' }],
  manifests: [
    { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'web' } },
    { apiVersion: 'v1', kind: 'Service', metadata: { name: 'extra' } },
  ],
};

const problemsOf = (owners: { readonly [name: string]: string } | undefined) =>
  checkClaims(spec, 'shop', owners).map(formatProblem);

test('names that the ComputeNamespace gave to the App pass; a manifest of a kind that components make counts as one', () => {
  assert.deepEqual(problemsOf({ web: 'shop', 'ConfigMap/web': 'shop', extra: 'shop' }), []);
  assert.deepEqual(problemsOf(undefined), []);
});

test('a name that another App has is refused, one that nobody noticed yet waits', () => {
  assert.deepEqual(problemsOf({ web: 'other', 'ConfigMap/web': 'shop' }), [
    'spec.components[0].name: "web" belongs to App other of the same ComputeNamespace; both would own the same object in every cluster; choose another name',
    'spec.manifests[1].metadata.name: waiting for the ComputeNamespace to take note of "extra"',
  ]);
});
