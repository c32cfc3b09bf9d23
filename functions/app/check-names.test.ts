import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Component } from '../generated/types.ts';
import { formatProblem } from '../kube/problem.ts';
import { checkNames } from './check-names.ts';
import { configVolumeName } from './config-files.ts';
import { samplePart } from './sample-part.ts';

const problemsOf = (fields: Partial<Component>) => checkNames(samplePart(fields)).map(formatProblem);
const image = 'example.com/x:1';
const mount = (name: string, mountPath: string) => ({ name, mountPath });

test('claim templates, volumes and config files can all be mounted, by every container', () => {
  const configFiles = [{ mountPath: '/etc/app', files: { a: '' } }];
  const volumeMounts = [mount('tmp', '/a'), mount('data', '/b'), mount(configVolumeName('/etc/app'), '/c')];
  const fields: Partial<Component> = {
    kind: 'StatefulSet',
    configFiles,
    volumes: [{ name: 'tmp' }],
    volumeClaimTemplates: [{ metadata: { name: 'data' }, spec: {} }],
    volumeMounts,
    sidecars: [{ name: 'proxy', image, volumeMounts: [...volumeMounts, mount('tmp', '/etc/app')] }],
  };
  assert.deepEqual(problemsOf(fields), []);
});

test('a mount of a volume that does not exist comes with those that do', () => {
  const volumes = [{ name: 'tmp' }, { name: 'data' }];
  assert.deepEqual(problemsOf({ volumes, volumeMounts: [mount('dta', '/x')] }), [
    'spec.components[0].volumeMounts[0].name: the component has no volume "dta"; did you mean "data"? its volumes are: tmp, data',
  ]);
  assert.deepEqual(problemsOf({ initContainers: [{ name: 'wait', image, volumeMounts: [mount('x', '/x')] }] }), [
    'spec.components[0].initContainers[0].volumeMounts[0].name: the component has no volume "x"; the component has no volumes',
  ]);
  assert.deepEqual(problemsOf({ volumeMounts: [mount('${cluster.name}', '/x')] }), []);
});

test('containers of one pod have different names', () => {
  const fields = {
    initContainers: [
      { name: 'web', image },
      { name: 'a', image },
    ],
    sidecars: [{ name: 'a', image }],
  };
  assert.deepEqual(problemsOf(fields), [
    'spec.components[0].initContainers[0].name: "web" is taken by spec.components[0].name',
    'spec.components[0].sidecars[0].name: "a" is taken by spec.components[0].initContainers[1].name',
  ]);
});

test('volumes of one pod have different names', () => {
  const name = configVolumeName('/etc/app');
  const fields: Partial<Component> = {
    kind: 'StatefulSet',
    volumes: [{ name: 'data' }, { name }],
    volumeClaimTemplates: [{ metadata: { name: 'data' }, spec: {} }],
    configFiles: [{ mountPath: '/etc/app', files: { a: '' } }],
  };
  assert.deepEqual(problemsOf(fields), [
    'spec.components[0].volumeClaimTemplates[0].metadata.name: "data" is taken by spec.components[0].volumes[0].name',
    `spec.components[0].configFiles[0].mountPath: "${name}" is taken by spec.components[0].volumes[1].name`,
  ]);
});

test('two mounts of a container cannot share a path; two containers can', () => {
  const volumes = [{ name: 'tmp' }];
  const volumeMounts = [mount('tmp', '/etc/app')];
  const configFiles = [{ mountPath: '/etc/app', files: { a: '' } }];
  assert.deepEqual(problemsOf({ volumes, volumeMounts, configFiles, sidecars: [{ name: 'a', image, volumeMounts }] }), [
    'spec.components[0].configFiles[0].mountPath: "/etc/app" is taken by spec.components[0].volumeMounts[0].mountPath',
  ]);
});
