import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatProblem } from '../kube/problem.ts';
import { checkContainers } from './check-containers.ts';
import { samplePart } from './sample-part.ts';

test('quantities that Kubernetes would not take are refused in every container', () => {
  const resources = { requests: { memory: '1GB' }, limits: { cpu: '500m' } };
  const sidecars = [{ name: 'proxy', image: 'proxy', resources: { limits: { cpu: 'many' } } }];
  const paths = checkContainers(samplePart({ resources, sidecars })).map(({ path }) => path);
  assert.deepEqual(paths, [
    'spec.components[0].resources.requests["memory"]',
    'spec.components[0].sidecars[0].resources.limits["cpu"]',
  ]);
});

test('a mistake in the expression of a variable is told as it was written', () => {
  const env = [{ name: 'A', value: '${clutser.name}' }];
  const [problem] = checkContainers(samplePart({ env })).map(formatProblem);
  assert.match(problem ?? '', /^spec\.components\[0\]\.env\[0\]\.value: \$\{clutser\.name\}: /);
});
