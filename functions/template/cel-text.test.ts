import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nestingDepth, skipStringLiteral } from './cel-text.ts';

test('a string literal ends at its own quote', () => {
  for (const literal of [`'a"b'`, `"a'b"`, `'it\\'s'`, `'\\\\'`, `''`, `"""a"b"""`, `'''it's\n'''`]) {
    assert.equal(skipStringLiteral(`${literal} + 'x'`, 0), literal.length, literal);
  }
});

test('a backslash in a raw literal escapes nothing', () => {
  assert.equal(skipStringLiteral(`r'\\' + 'x'`, 1), 4);
  assert.equal(skipStringLiteral(`bR"\\"`, 2), 5);
});

test('a literal that is never closed reaches to the end', () => {
  for (const text of [`'abc`, `'abc\\`, `'''abc''`]) assert.equal(skipStringLiteral(text, 0), text.length, text);
});

test('only brackets outside literals nest', () => {
  assert.equal(nestingDepth('a'), 0);
  assert.equal(nestingDepth('f(a[0], {"k": (1)})'), 3);
  assert.equal(nestingDepth(`'((((' + "]]"`), 0);
  assert.equal(nestingDepth(`'))))' + ((1))`), 2);
});
