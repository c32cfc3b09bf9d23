import assert from 'node:assert/strict';
import { test } from 'node:test';
import { autoscaler } from './autoscaler.ts';
import { samplePart } from './sample-part.ts';

test('an autoscaler scales the workload of its component', () => {
  const metric = { type: 'Pods' };
  const autoscaling = {
    minReplicas: 2,
    maxReplicas: '${4 + 4}',
    targetCPUUtilizationPercentage: 70,
    metrics: [metric],
  };
  const scaler = autoscaler(samplePart({ kind: 'StatefulSet', autoscaling }));
  assert.equal(scaler?.apiVersion, 'autoscaling/v2');
  assert.deepEqual(scaler?.spec, {
    scaleTargetRef: { apiVersion: 'apps/v1', kind: 'StatefulSet', name: 'web' },
    minReplicas: 2,
    maxReplicas: '${4 + 4}',
    metrics: [
      { type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 70 } } },
      metric,
    ],
  });
});

test('metrics are left to Kubernetes when none are given', () => {
  const spec = autoscaler(samplePart({ autoscaling: { maxReplicas: 3, behavior: { scaleDown: {} } } }))?.spec;
  assert.deepEqual(spec, {
    scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' },
    maxReplicas: 3,
    behavior: { scaleDown: {} },
  });
  assert.equal(autoscaler(samplePart()), undefined);
});
