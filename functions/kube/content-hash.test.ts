import assert from 'node:assert/strict';
import { test } from 'node:test';
import { contentHash } from './content-hash.ts';

test('equal content has an equal hash', () => {
  assert.equal(contentHash({ a: 1, b: undefined, c: [1] }), contentHash({ c: [1], a: 1 }));
  assert.notEqual(contentHash({ a: 1 }), contentHash({ a: '1' }));
});

test('the hash is lowercase hex of the length asked for and does not change between versions', () => {
  assert.equal(contentHash({}), '44136fa355');
  assert.equal(contentHash({}, 64), '44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a');
});
