import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Component } from '../generated/types.ts';
import { isJsonObject } from '../kube/json.ts';
import { formatProblem } from '../kube/problem.ts';
import type { AppFacts } from './app-part.ts';
import { configVolumes } from './config-files.ts';
import { workloadLabels } from './labels.ts';
import { checkPod, podTemplate } from './pod-template.ts';
import { samplePart } from './sample-part.ts';

function podSpec(fields: Partial<Component>, app: Partial<AppFacts> = {}) {
  const { spec } = podTemplate(samplePart(fields, app));
  return isJsonObject(spec) ? spec : {};
}

test('a lone container makes a bare pod with the labels of the workload', () => {
  const part = samplePart({ annotations: { note: 'x' } });
  assert.deepEqual(podTemplate(part), {
    metadata: { labels: workloadLabels(part), annotations: { note: 'x' } },
    spec: { containers: [{ name: 'web', image: 'example.com/web:1' }] },
  });
});

test('settings of the pod pass through beside those of the component', () => {
  const spec = podSpec({
    pod: { nodeSelector: { disk: 'ssd' }, hostUsers: false },
    serviceAccountName: 'runner',
    terminationGracePeriodSeconds: 5,
  });
  assert.deepEqual(Object.keys(spec).sort(), [
    'containers',
    'hostUsers',
    'nodeSelector',
    'serviceAccountName',
    'terminationGracePeriodSeconds',
  ]);
});

test('the volumes of config files stand after the given ones', () => {
  const part = { configFiles: [{ mountPath: '/etc/app', files: { a: '' } }], volumes: [{ name: 'tmp', emptyDir: {} }] };
  const mounted = { ...part, volumeMounts: [{ name: 'tmp', mountPath: '/tmp' }] };
  const spec = podSpec(mounted);
  assert.deepEqual(spec['volumes'], [{ name: 'tmp', emptyDir: {} }, ...configVolumes(samplePart(part))]);
  const [container] = spec['containers'] as readonly { volumeMounts: readonly { mountPath: string }[] }[];
  assert.deepEqual(
    container?.volumeMounts.map(({ mountPath }) => mountPath),
    ['/tmp', '/etc/app'],
  );
});

test("the Tier's PriorityClass is taken when the pod sets none", () => {
  const policy = { podSecurity: 'Baseline', deletionPolicy: 'Protect', priorityClassName: 'tier-prod' } as const;
  assert.equal(podSpec({}, { policy })['priorityClassName'], 'tier-prod');
  assert.equal(podSpec({ pod: { priorityClassName: 'high' } }, { policy })['priorityClassName'], 'high');
  assert.equal(podSpec({})['priorityClassName'], undefined);
});

test('pods that run to their end are not restarted in place unless the pod says so', () => {
  assert.equal(podSpec({ kind: 'Job' })['restartPolicy'], 'Never');
  assert.equal(podSpec({ kind: 'CronJob' })['restartPolicy'], 'Never');
  assert.equal(podSpec({ kind: 'Job', pod: { restartPolicy: 'OnFailure' } })['restartPolicy'], 'OnFailure');
  assert.equal(podSpec({ kind: 'DaemonSet' })['restartPolicy'], undefined);
});

test('containers and volumes are refused among the settings of the pod, and kept out of it', () => {
  const pod = { containers: [{ image: 'other' }], initContainers: [{ image: 'other' }], volumes: [{ name: 'x' }] };
  assert.deepEqual(checkPod(samplePart({ pod })).map(formatProblem), [
    'spec.components[0].pod.containers: must not be set; use the fields of the component, and sidecars',
    'spec.components[0].pod.initContainers: must not be set; use initContainers of the component',
    'spec.components[0].pod.volumes: must not be set; use volumes of the component',
  ]);
  assert.deepEqual(podSpec({ pod }), podSpec({}));
});

test('what is set for the component and the pod is refused', () => {
  const part = samplePart({ serviceAccountName: 'a', pod: { serviceAccountName: 'b', hostname: 'c' } });
  assert.deepEqual(checkPod(part).map(formatProblem), [
    'spec.components[0].pod.serviceAccountName: is set at spec.components[0].serviceAccountName too; keep one of them',
  ]);
});
