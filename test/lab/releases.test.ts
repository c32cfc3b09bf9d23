import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { nextFormat, otherNames, otherRendering, sameBytes } from './e2e/breaking/releases.ts';

const root = join(import.meta.dirname, '..', '..');

test('what later releases change stands in the sources, once each', () => {
  for (const { file, from } of [sameBytes, otherNames, nextFormat, otherRendering].flatMap(({ changes }) => changes)) {
    const places = readFileSync(join(root, file), 'utf8').split(from).length - 1;
    assert.equal(places, 1, `${file}: ${from}`);
  }
});
