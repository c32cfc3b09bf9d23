import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatProblem } from '../kube/problem.ts';
import { checkConfigFiles, configMaps, configMounts, configVolumes } from './config-files.ts';
import { samplePart } from './sample-part.ts';

const withFiles = (...files: readonly { readonly [name: string]: string }[]) =>
  samplePart({ configFiles: files.map((each, index) => ({ mountPath: `/etc/app/${index}`, files: each })) });

const mapNames = (part: ReturnType<typeof samplePart>) => configMaps(part).map(({ metadata }) => metadata.name);

test('files become a ConfigMap, a volume and a mount', () => {
  const part = withFiles({ 'app.yaml': 'a: 1' });
  const [map] = configMaps(part);
  const name = map?.metadata.name;
  assert.match(name ?? '', /^web-[0-9a-f]{10}$/);
  assert.equal(map?.metadata.namespace, 'team-shop');
  assert.deepEqual(map?.['data'], { 'app.yaml': 'a: 1' });
  const [volume] = configVolumes(part);
  assert.deepEqual(volume?.['configMap'], { name });
  assert.deepEqual(configMounts(part), [{ name: volume?.['name'], mountPath: '/etc/app/0', readOnly: true }]);
});

test('other content makes another ConfigMap but leaves the volume its name', () => {
  const [before, after] = [withFiles({ a: '1' }), withFiles({ a: '2' })];
  assert.notDeepEqual(mapNames(before), mapNames(after));
  assert.deepEqual(mapNames(before), mapNames(withFiles({ a: '1' })));
  assert.deepEqual(configMounts(before), configMounts(after));
});

test('entries with the same content share a ConfigMap; each has its volume', () => {
  const part = withFiles({ a: '1' }, { a: '1' }, { b: '1' });
  assert.equal(configMaps(part).length, 2);
  const names = configVolumes(part).map(({ name }) => name);
  assert.equal(new Set(names).size, 3);
  for (const name of names) assert.match(String(name), /^config-etc-app-[012]-[0-9a-f]{8}$/);
});

test('the longest component name leaves room for the hash', () => {
  const part = samplePart({
    name: 'c'.repeat(52),
    configFiles: [{ mountPath: `/${'d'.repeat(90)}`, files: { a: '' } }],
  });
  assert.equal(mapNames(part)[0]?.length, 63);
  assert.ok(String(configVolumes(part)[0]?.['name']).length <= 63);
});

test('file names that cannot be keys are refused', () => {
  const part = withFiles({ 'a.b_c-D1': '', '...': '', '..': '', '.': '', 'conf.d/a': '', '.hidden': '', '${x}': '' });
  assert.deepEqual(
    checkConfigFiles(part).map(({ path }) => path),
    ["['...']", "['..']", "['.']", "['conf.d/a']", "['${x}']"].map(
      (key) => `spec.components[0].configFiles[0].files${key}`,
    ),
  );
  assert.match(
    checkConfigFiles(withFiles({ 'a/b': '' }))
      .map(formatProblem)
      .join(),
    /another entry with its own mountPath/,
  );
});
