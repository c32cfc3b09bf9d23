import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { parse } from 'yaml';
import { registry } from '../../functions/registry.ts';
import { writeConfigurationSources } from '../../package/configuration-sources.ts';
import { temporaryFolder } from '../wire/function-process.ts';

const root = join(import.meta.dirname, '..', '..');
const read = (...path: string[]) => parse(readFileSync(join(...path), 'utf8'));

for (const name of ['function', 'configuration']) {
  test(`the ${name} says who makes it, where it comes from and what it is`, () => {
    const { metadata, spec } = read(root, 'package', name, 'crossplane.yaml');
    const expected = ['description', 'license', 'maintainer', 'readme', 'source'].map(
      (key) => `meta.crossplane.io/${key}`,
    );
    assert.deepEqual(Object.keys(metadata.annotations).sort(), expected);
    assert.equal(spec.crossplane.version, '>=v2.4.0');
  });
}

test('the function may compose, and has a schema for the input of every step', () => {
  assert.deepEqual(read(root, 'package/function/crossplane.yaml').spec.capabilities, ['composition']);
  const folder = join(root, 'package/function/input');
  const kinds = readdirSync(folder).map((name) => read(folder, name).spec.names.kind);
  assert.deepEqual(kinds.sort(), [...registry.keys()].sort());
});

for (const [host, functionName] of [
  ['registry.example.org', 'function-crossply'],
  ['127.0.0.1:5000/team/mirror', 'team-mirror-function-crossply'],
] as const) {
  test(`a Configuration for ${host} depends on the function there and calls it ${functionName}`, async (t) => {
    const folder = join(temporaryFolder(t), 'configuration');
    mkdirSync(folder);
    await writeConfigurationSources(folder, host, '1.2.3');
    assert.deepEqual(
      read(folder, 'crossplane.yaml').spec.dependsOn.map(
        ({ kind, package: from, version }: { [key: string]: string }) => [kind, from, version],
      ),
      [
        ['Function', `${host}/function-crossply`, '>=v1.2.3'],
        ['Provider', 'xpkg.crossplane.io/crossplane-contrib/provider-kubernetes', '>=v1.2.1'],
      ],
    );
    assert.deepEqual(readdirSync(join(folder, 'xrds')), readdirSync(join(root, 'xrds')));
    assert.deepEqual(readdirSync(join(folder, 'compositions')), readdirSync(join(root, 'compositions')));
    for (const name of readdirSync(join(folder, 'compositions'))) {
      const before = read(root, 'compositions', name);
      for (const step of before.spec.pipeline) step.functionRef.name = functionName;
      assert.deepEqual(read(folder, 'compositions', name), before);
    }
  });
}
