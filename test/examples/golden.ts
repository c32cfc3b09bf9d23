import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const update = 'UPDATE_GOLDENS=1 npm exec -- node --test "test/examples/*.test.ts"';

/** Compares a text with the file that holds what it should be; with UPDATE_GOLDENS=1 in the environment it becomes that. */
export function matchGolden(name: string, actual: string): void {
  const file = join(import.meta.dirname, name);
  if (process.env['UPDATE_GOLDENS'] === '1') {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, actual);
    return;
  }
  assert.ok(existsSync(file), `there is no ${name}; make it with ${update}`);
  const [is, was] = [actual.split('\n'), readFileSync(file, 'utf8').split('\n')];
  const at = Array.from({ length: Math.max(is.length, was.length) }).findIndex((_, index) => is[index] !== was[index]);
  const difference = `line ${at + 1} was ${JSON.stringify(was[at])} and is ${JSON.stringify(is[at])}`;
  assert.ok(at === -1, `${name} differs: ${difference}; if that is meant: ${update}, and look at the difference`);
}
