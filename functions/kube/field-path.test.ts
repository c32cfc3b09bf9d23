import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { childPath, parseFieldPath, readFieldPath } from './field-path.ts';

const object = {
  metadata: { annotations: { 'example.com/key': 'yes', 'a.b': 'dotted' } },
  spec: { list: [{ name: 'first' }, { name: 'second' }], zero: 0, nothing: null, '0': 'zero' },
};

test('a path leads through members, list items and quoted keys', () => {
  assert.equal(readFieldPath(object, 'spec.list[1].name'), 'second');
  assert.equal(readFieldPath(object, "metadata.annotations['example.com/key']"), 'yes');
  assert.equal(readFieldPath(object, 'metadata.annotations["a.b"]'), 'dotted');
  assert.equal(readFieldPath(object, 'metadata.annotations[example.com/key]'), 'yes');
  assert.equal(readFieldPath(object, 'spec.zero'), 0);
  assert.equal(readFieldPath(object, 'spec.nothing'), null);
});

test('what is absent reads as undefined', () => {
  for (const path of [
    'spec.none',
    'spec.list[2]',
    'spec.list.name',
    'spec.zero.deep',
    'spec.nothing.deep',
    'spec[0]',
  ]) {
    assert.equal(readFieldPath(object, path), undefined, path);
  }
});

test('inherited properties are absent', () => {
  for (const path of ['constructor', 'spec.toString', 'spec.list.length', '__proto__.constructor']) {
    assert.equal(readFieldPath(object, path), undefined, path);
  }
});

test('a quoted number is a member, a bare one a list item', () => {
  assert.equal(readFieldPath(object, "spec['0']"), 'zero');
  assert.deepEqual(parseFieldPath('a[0][01]'), { value: ['a', 0, '01'] });
});

test('a bad path is refused with the place', () => {
  for (const [path, position] of [
    ['', 1],
    ['.spec', 1],
    ['spec..a', 5],
    ['spec.', 5],
    ['spec[', 5],
    ['spec[]', 5],
    ["spec['a]", 5],
    ['spec]', 5],
    ['a[0]b', 5],
  ] as const) {
    assert.match(parseFieldPath(path).problems?.[0]?.message ?? '', new RegExp(`at character ${position}$`), path);
    assert.equal(readFieldPath(object, path), undefined);
  }
});

test('child paths are read back as the segments they were made of', () => {
  const key = fc.string({ minLength: 1 }).filter((text) => !(text.includes("'") && text.includes('"')));
  const segments = fc.array(fc.oneof(key, fc.nat(999)), { minLength: 1 });
  fc.assert(
    fc.property(segments, (list) => {
      assert.deepEqual(parseFieldPath(list.reduce<string>(childPath, '')), { value: list });
    }),
  );
});
