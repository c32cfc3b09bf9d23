import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatYaml, formatYamlDocument } from './yaml.ts';

test('strings that YAML 1.1 reads as something else are quoted, and long ones stay on their line', () => {
  const long = 'word '.repeat(40).trim();
  assert.equal(
    formatYamlDocument({ a: 'yes', b: '0x1', c: '2026-01-01', d: '1_000', long }),
    `a: 'yes'\nb: '0x1'\nc: '2026-01-01'\nd: '1_000'\nlong: ${long}\n`,
  );
});

test('documents are sorted by key on request, and repeated parts are written out', () => {
  const part = { x: [1] };
  assert.equal(formatYaml([{ b: part, a: part }], { sorted: true }), '---\na:\n  x:\n  - 1\nb:\n  x:\n  - 1\n');
});
