import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Json } from './json.ts';
import { applyJsonPatch, type JsonPatchOperation } from './json-patch.ts';
import { formatProblem } from './problem.ts';

const document = { spec: { containers: [{ name: 'app', image: 'a:1' }, { name: 'proxy' }], replicas: 2 } };

function patched(...operations: JsonPatchOperation[]): Json {
  const result = applyJsonPatch(document, operations);
  return result.problems === undefined ? result.value : assert.fail(result.problems.map(formatProblem).join('\n'));
}

function refusal(...operations: JsonPatchOperation[]): string {
  const result = applyJsonPatch(document, operations);
  return result.problems === undefined ? 'applied' : result.problems.map(formatProblem).join('\n');
}

test('add sets a member, inserts an item, and appends at -', () => {
  assert.deepEqual(patched({ op: 'add', path: '/spec/paused', value: false }), {
    spec: { ...document.spec, paused: false },
  });
  assert.deepEqual(patched({ op: 'add', path: '/spec/containers/1', value: 'x' }), {
    spec: { ...document.spec, containers: [document.spec.containers[0], 'x', document.spec.containers[1]] },
  });
  assert.deepEqual(patched({ op: 'add', path: '/spec/containers/-', value: null }), {
    spec: { ...document.spec, containers: [...document.spec.containers, null] },
  });
  assert.deepEqual(patched({ op: 'add', path: '', value: 1 }), 1);
});

test('replace and remove need something to be there', () => {
  assert.deepEqual(patched({ op: 'replace', path: '/spec/replicas', value: 3 }), {
    spec: { ...document.spec, replicas: 3 },
  });
  assert.deepEqual(patched({ op: 'remove', path: '/spec/containers' }), { spec: { replicas: 2 } });
  assert.deepEqual(patched({ op: 'remove', path: '/spec/containers/0' }), {
    spec: { containers: [{ name: 'proxy' }], replicas: 2 },
  });
  assert.equal(
    refusal({ op: 'replace', path: '/spec/containers/0/imag', value: 'b' }),
    '/spec/containers/0/imag: there is no "imag"; the object has: image, name',
  );
  assert.equal(
    refusal({ op: 'remove', path: '/spec/containers/2' }),
    '/spec/containers/2: there is no item 2; the list has 2 items, numbered from 0',
  );
  assert.equal(refusal({ op: 'remove', path: '' }), 'the whole document cannot be removed');
});

test('move and copy take what is at from', () => {
  assert.deepEqual(patched({ op: 'move', from: '/spec/replicas', path: '/spec/min' }), {
    spec: { containers: document.spec.containers, min: 2 },
  });
  assert.deepEqual(patched({ op: 'copy', from: '/spec/containers/0/image', path: '/spec/containers/1/image' }), {
    spec: { ...document.spec, containers: [document.spec.containers[0], { name: 'proxy', image: 'a:1' }] },
  });
  assert.deepEqual(patched({ op: 'move', from: '/spec/containers/1', path: '/spec/containers/0' }), {
    spec: { ...document.spec, containers: document.spec.containers.toReversed() },
  });
  assert.deepEqual(patched({ op: 'move', from: '/spec', path: '/spec' }), document);
  assert.equal(refusal({ op: 'move', from: '/spec', path: '/spec/a' }), '/spec/a: a value cannot be moved into itself');
  assert.equal(refusal({ op: 'copy', from: '/spek', path: '/a' }), '/spek: there is no "spek"; the object has: spec');
});

test('test compares values, whatever the order of members', () => {
  assert.equal(patched({ op: 'test', path: '/spec/containers/0', value: { image: 'a:1', name: 'app' } }), document);
  assert.equal(
    refusal({ op: 'test', path: '/spec/replicas', value: '2' }),
    '/spec/replicas: the test failed: expected "2"; the document has 2',
  );
});

test('nothing after the first failed operation counts', () => {
  const result = refusal({ op: 'test', path: '/spec/replicas', value: 1 }, { op: 'remove', path: '/none' });
  assert.match(result, /^\/spec\/replicas: the test failed[^\n]*$/);
});

test('escapes in a pointer name members with slashes and tildes', () => {
  const annotated = applyJsonPatch({ 'a/b': { 'm~n': 1 } }, [{ op: 'replace', path: '/a~1b/m~0n', value: 2 }]);
  assert.deepEqual(annotated, { value: { 'a/b': { 'm~n': 2 } } });
});

test('a malformed operation is refused with what would help', () => {
  assert.equal(
    refusal({ op: 'add', path: 'spec.replicas', value: 1 }),
    'spec.replicas: must begin with "/"; did you mean "/spec/replicas"?',
  );
  assert.match(refusal({ op: 'add', path: '/a~b', value: 1 }), /^\/a~b: has a "~"/);
  assert.match(
    refusal({ op: 'set', path: '/spec', value: 1 }),
    /^\/spec: "set" is not an operation; use add, remove, /,
  );
  assert.equal(refusal({ op: 'add', path: '/spec' }), '/spec: add needs a value');
  assert.equal(refusal({ op: 'move', path: '/spec' }), '/spec: move needs a from');
  assert.match(refusal({ op: 'add', path: '/spec/containers/01', value: 1 }), /"01" is not the number of a list item/);
  assert.match(
    refusal({ op: 'add', path: '/spec/replicas/x', value: 1 }),
    /\/spec\/replicas is 2, not an object or a list/,
  );
});

test('the prototype is out of reach', () => {
  assert.equal(
    refusal({ op: 'add', path: '/__proto__/polluted', value: true }),
    '/__proto__/polluted: must not lead through __proto__',
  );
  assert.match(refusal({ op: 'add', path: '/constructor/prototype', value: 1 }), /there is no "constructor"/);
  assert.match(refusal({ op: 'copy', from: '/spec/__proto__', path: '/a' }), /must not lead through __proto__/);
  assert.match(refusal({ op: 'remove', path: '/spec/toString' }), /there is no "toString"/);
});

test('the document given is never changed', () => {
  const before = JSON.stringify(document);
  const operation = fc.record({
    op: fc.constantFrom('add', 'remove', 'replace', 'move', 'copy', 'test'),
    path: fc.constantFrom('', '/spec', '/spec/containers', '/spec/containers/0', '/spec/containers/-', '/spec/x'),
    from: fc.constantFrom('', '/spec', '/spec/containers/1', '/spec/replicas'),
    value: fc.constantFrom<Json>(null, 1, {}, []),
  });
  fc.assert(
    fc.property(fc.array(operation), (operations) => {
      applyJsonPatch(document, operations);
      assert.equal(JSON.stringify(document), before);
    }),
  );
});
