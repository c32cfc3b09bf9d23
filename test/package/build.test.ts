import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { version } from '../../functions/version.ts';
import { buildServer } from '../../package/build.ts';
import { temporaryFolder } from '../wire/function-process.ts';

test('the bundled server takes itself for the version that it is packaged as', async (t) => {
  const [plain, same, next] = await Promise.all([
    buildServer(temporaryFolder(t)),
    buildServer(temporaryFolder(t), version),
    buildServer(temporaryFolder(t), '98.76.54'),
  ]).then((paths) => paths.map((path) => readFileSync(path, 'utf8')));
  assert.equal(plain, same);
  assert.equal(next, plain?.replace(JSON.stringify(version), '"98.76.54"'));
  assert.notEqual(next, plain);
});
