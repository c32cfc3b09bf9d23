import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatProblem } from '../kube/problem.ts';
import { checkImages } from './images.ts';

const spec = {
  containers: [{ name: 'a', image: 'r.example.com/a' }, { name: 'b', image: 'evil/b' }, { name: 'c' }],
  initContainers: [{ name: 'i', image: 'evil/i' }],
  ephemeralContainers: [{ name: 'e', image: 'evil/e' }],
  volumes: [
    { name: 'v', image: { reference: 'evil/v' } },
    { name: 'w', emptyDir: {} },
  ],
};

test('images of all containers and volumes must come from the allowed registries', () => {
  const message = (image: string) =>
    `must come from r.example.com (got "${image}"); the Tier's allowedRegistries decide`;
  assert.deepEqual(checkImages(spec, 'spec', ['r.example.com']).map(formatProblem), [
    `spec.containers[1].image: ${message('evil/b')}`,
    `spec.initContainers[0].image: ${message('evil/i')}`,
    `spec.ephemeralContainers[0].image: ${message('evil/e')}`,
    `spec.volumes[0].image.reference: ${message('evil/v')}`,
  ]);
});

test('no list, or an empty one, allows every image', () => {
  assert.deepEqual(checkImages(spec, 'spec', undefined), []);
  assert.deepEqual(checkImages(spec, 'spec', []), []);
});
