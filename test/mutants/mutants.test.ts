import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { withFault } from './apply-mutant.ts';
import { growMutants } from './grow-mutants.ts';
import { identityMutants } from './identity-mutants.ts';
import { peopleMutants } from './people-mutants.ts';
import { roomMutants } from './room-mutants.ts';
import { waveMutants } from './wave-mutants.ts';

const root = join(import.meta.dirname, '../..');
const mutants = [...waveMutants, ...peopleMutants, ...roomMutants, ...growMutants, ...identityMutants];

test('every fault can be put back, and each is another', () => {
  for (const mutant of mutants) {
    withFault(root, mutant);
    assert.ok(existsSync(join(root, mutant.judge.file)), mutant.judge.file);
  }
  assert.equal(new Set(mutants.map(({ what }) => what)).size, mutants.length);
  assert.ok(mutants.length >= 30);
});
