import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addAt, removeAt, replaceAt } from './json-edit.ts';
import { childOf } from './json-pointer.ts';

const document = { list: ['a', 'b'], object: { x: 1, y: null } };

test('adding inserts into lists and sets in objects', () => {
  assert.deepEqual(addAt(document, ['list', '0'], 'z'), { value: { ...document, list: ['z', 'a', 'b'] } });
  assert.deepEqual(addAt(document, ['list', '2'], 'z'), { value: { ...document, list: ['a', 'b', 'z'] } });
  assert.deepEqual(addAt(document, ['object', 'x'], 2), { value: { ...document, object: { x: 2, y: null } } });
  assert.ok(addAt(document, ['list', '3'], 'z').problems);
  assert.ok(addAt(document, ['none', 'x'], 'z').problems);
});

test('replacing and removing need something there; null is something', () => {
  assert.deepEqual(replaceAt(document, ['object', 'y'], 2), { value: { ...document, object: { x: 1, y: 2 } } });
  assert.deepEqual(removeAt(document, ['object', 'y']), { value: { ...document, object: { x: 1 } } });
  for (const tokens of [
    ['object', 'z'],
    ['list', '-'],
    ['object', 'y', 'deep'],
    ['list', '0', 'deep'],
  ]) {
    assert.ok(replaceAt(document, tokens, 1).problems, tokens.join('/'));
    assert.ok(removeAt(document, tokens).problems, tokens.join('/'));
  }
});

test('what is not edited is shared', () => {
  const edited = addAt(document, ['object', 'z'], 1);
  assert.equal(childOf(edited.problems === undefined ? edited.value : null, 'list'), document.list);
});
