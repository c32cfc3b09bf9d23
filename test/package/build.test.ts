import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { version } from '../../functions/version.ts';
import { buildServer } from '../../package/build.ts';
import { temporaryFolder } from '../wire/function-process.ts';

/** Another version of the same characters: the minifier names things by how often characters occur. */
const other = version.replace(/^(\d+)\.(\d+)/, '$2.$1');

test('the bundled server takes itself for the version that it is packaged as', async (t) => {
  const [plain, same, next] = await Promise.all([
    buildServer(temporaryFolder(t)),
    buildServer(temporaryFolder(t), version),
    buildServer(temporaryFolder(t), other),
  ]).then((paths) => paths.map((path) => readFileSync(path, 'utf8')));
  assert.equal(plain, same);
  assert.equal(next, plain?.replace(JSON.stringify(version), JSON.stringify(other)));
  assert.notEqual(next, plain);
});
