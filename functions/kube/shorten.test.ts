import assert from 'node:assert/strict';
import { test } from 'node:test';
import { shorten } from './shorten.ts';

test('a text that fits stays as it is', () => {
  assert.equal(shorten('refused', 7), 'refused');
});

test('of a refusal that quotes a long value, the field and the cause are kept', () => {
  const value = JSON.stringify({ template: 'x'.repeat(2000) });
  const refusal = `cannot apply object: Job.batch "migrate" is invalid: spec.template: Invalid value: ${value}: field is immutable`;
  const short = shorten(refusal, 300);
  assert.equal(short.length, 300);
  assert.match(
    short,
    /^cannot apply object: Job\.batch "migrate" is invalid: spec\.template: Invalid value: .*….*: field is immutable$/,
  );
});

test('no character is cut in two', () => {
  for (const length of [10, 11, 12, 13]) assert.ok(shorten('😀'.repeat(20), length).isWellFormed());
});
