import assert from 'node:assert/strict';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { test } from 'node:test';
import fc from 'fast-check';
import { mapLines } from './watch-lines.ts';

const collect = (pieces: readonly string[], map: (line: string) => string | undefined) =>
  text(Readable.from(mapLines(Readable.from(pieces), map)));

test('lines do not depend on where the pieces are cut', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.stringMatching(/^[a-zß€]{1,9}$/)), fc.array(fc.nat(40)), async (lines, cuts) => {
      const whole = lines.map((line) => `${line}\n`).join('');
      const places = [...new Set([0, ...cuts.filter((cut) => cut < whole.length)])].sort((a, b) => a - b);
      const pieces = places.map((place, index) => whole.slice(place, places[index + 1]));
      assert.equal(await collect(pieces, (line) => `<${line}>`), lines.map((line) => `<${line}>\n`).join(''));
    }),
  );
});

test('a line mapped to nothing is left out, and a last line without an end is not lost', async () => {
  assert.equal(await collect(['a\nb\n', 'c'], (line) => (line === 'b' ? undefined : line.toUpperCase())), 'A\nC\n');
});
