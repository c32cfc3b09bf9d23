import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { claimFolder } from './layout.ts';

test('a folder is claimed once, whether or not its parents are there', (t) => {
  const parent = mkdtempSync(join(tmpdir(), 'crossply-claim-'));
  t.after(() => rmSync(parent, { recursive: true }));
  const folder = join(parent, 'a', 'b');
  assert.deepEqual(
    [claimFolder(folder), claimFolder(folder), claimFolder(join(parent, 'a', 'c'))],
    [true, false, true],
  );
});
