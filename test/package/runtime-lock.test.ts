import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { architectures } from '../../package/runtime/architecture.ts';
import debian from '../../package/runtime/debian.lock.json' with { type: 'json' };
import node from '../../package/runtime/node.lock.json' with { type: 'json' };

test('the image has the Node.js that the tests run on', () => {
  const { devDependencies } = JSON.parse(readFileSync(join(import.meta.dirname, '../../package.json'), 'utf8'));
  assert.equal(node.version, devDependencies.node);
  for (const architecture of architectures)
    assert.match(node.packages[architecture].integrity, /^sha512-[\w+/]{86}==$/);
});

test('both architectures have the same libraries at the same versions, pinned by their digests', () => {
  const [first, ...others] = architectures.map((architecture) => {
    return debian.packages[architecture].map(({ name, version, path, sha256 }) => {
      assert.match(sha256, /^[0-9a-f]{64}$/);
      const file = `${name}_${version}_${architecture}.deb`;
      assert.ok(decodeURIComponent(path).endsWith(`/${file}`), `${path} is not that of ${file}`);
      return `${name} ${version}`;
    });
  });
  for (const other of others) assert.deepEqual(other, first);
  assert.deepEqual(
    debian.packages.amd64.map(({ name }) => name),
    ['gcc-14-base', 'libc6', 'libgcc-s1', 'libstdc++6'],
  );
});
