import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { holeText, mayHaveHoles, type Part, parseHoles } from './hole-syntax.ts';

function parts(text: string): readonly Part[] {
  const parsed = parseHoles(text);
  return parsed.problems === undefined ? parsed.value : assert.fail(parsed.problems[0]?.message);
}

function refusal(text: string): string | undefined {
  return parseHoles(text).problems?.[0]?.message;
}

test('text and holes alternate', () => {
  assert.deepEqual(parts('${ a }'), [{ expression: 'a' }]);
  assert.deepEqual(parts('x-${a}${b}-y'), ['x-', { expression: 'a' }, { expression: 'b' }, '-y']);
  assert.deepEqual(parts(''), ['']);
});

test('$${ is a literal ${, and other dollars stay as they are', () => {
  assert.deepEqual(parts('$${HOME}'), ['${HOME}']);
  assert.deepEqual(parts('$$${a}'), ['$${a}']);
  assert.deepEqual(parts('${a}$${b}${c}'), [{ expression: 'a' }, '${b}', { expression: 'c' }]);
  assert.deepEqual(parts('$(VAR) $5 $$'), ['$(VAR) $5 $$']);
});

test('braces and quotes inside a hole are those of CEL', () => {
  for (const expression of [`{"a": {"b": 1}}.a`, `"}"`, `'it\\'s }'`, `'''}'''`, `r"\\" + "}"`, `"{"`, `[{}][0]`]) {
    assert.deepEqual(parts(`<\${${expression}}>`), ['<', { expression }, '>']);
  }
});

test('a hole that is empty or never closed is refused with its place', () => {
  assert.equal(refusal('ab ${ a'), 'the hole opened at character 4 is never closed');
  assert.equal(refusal('${ {"a": 1 }'), 'the hole opened at character 1 is never closed');
  assert.equal(refusal('${ "a }'), 'the hole opened at character 1 is never closed');
  assert.equal(refusal('x${ }'), 'the hole at character 2 is empty');
});

test('any text comes back from its escaped form', () => {
  const text = fc.array(fc.constantFrom('$', '{', '}', '"', 'a', '${')).map((pieces) => pieces.join(''));
  fc.assert(fc.property(text, (literal) => assert.deepEqual(parts(literal.replaceAll('${', () => '$${')), [literal])));
});

test('a string without holes is told at once', () => {
  assert.ok(!mayHaveHoles('$ { }'));
  assert.ok(mayHaveHoles('a${'));
});

test('messages show long holes cut', () => {
  assert.equal(holeText('a'), '${a}');
  assert.equal(holeText('x'.repeat(101)), `\${${'x'.repeat(100)}…}`);
});
