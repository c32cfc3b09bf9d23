import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { KubeObject } from '../../functions/kube/object.ts';
import { overrideAnnotations } from './override-annotations.ts';

function annotated(name: string, annotations?: { readonly [key: string]: string }): KubeObject {
  return {
    apiVersion: 'pkg.crossplane.io/v1',
    kind: 'Function',
    metadata: { name, ...(annotations && { annotations }) },
  };
}

test('every Function gets the annotations, in place of its own with the same key', () => {
  const functions = [annotated('a'), annotated('b', { runtime: 'Docker', keep: 'yes' })];
  assert.deepEqual(
    overrideAnnotations(functions, ['runtime=Development', 'target=host:1?a=b']).map(
      ({ metadata }) => metadata.annotations,
    ),
    [
      { runtime: 'Development', target: 'host:1?a=b' },
      { runtime: 'Development', target: 'host:1?a=b', keep: 'yes' },
    ],
  );
});

test('without overrides nothing changes', () => {
  const functions = [annotated('a')];
  assert.deepEqual(overrideAnnotations(functions, []), functions);
});

test('what is not KEY=VALUE is refused', () => {
  assert.throws(
    () => overrideAnnotations([], ['runtime']),
    /--function-annotations: must be KEY=VALUE \(got "runtime"\)/,
  );
});
