import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Json, JsonObject } from '../kube/json.ts';
import { formatProblem } from '../kube/problem.ts';
import { compileTemplate, fillHoles, type Template } from './fill.ts';

function template(manifest: Json): Template {
  const compiled = compileTemplate(manifest);
  return compiled.problems === undefined
    ? compiled.value
    : assert.fail(compiled.problems.map(formatProblem).join('\n'));
}

function fill(manifest: Json, values: { [expression: string]: Json }): Json {
  const filled = template(manifest).fill(new Map(Object.entries(values)));
  return filled.problems === undefined ? filled.value : assert.fail(filled.problems.map(formatProblem).join('\n'));
}

function refusal(manifest: Json, values: { [expression: string]: Json }): string[] {
  return (template(manifest).fill(new Map(Object.entries(values))).problems ?? []).map(formatProblem);
}

test('a string that is one hole becomes the value itself', () => {
  assert.deepEqual(
    fill(
      { a: '${replicas.web}', b: '${ app.labels }', c: ['${true}'] },
      { 'replicas.web': 3, 'app.labels': { x: 'y' }, true: true },
    ),
    {
      a: 3,
      b: { x: 'y' },
      c: [true],
    },
  );
});

test('null removes the member or the item', () => {
  assert.deepEqual(fill({ a: '${null}', b: ['x', '${null}', 'y'], c: { d: '${null}' }, e: null }, { null: null }), {
    b: ['x', 'y'],
    c: {},
    e: null,
  });
});

test('amid text a value is written out', () => {
  assert.equal(
    fill('${cluster.name}-${1}-${true}-${1.5}', { 'cluster.name': 'eu-1', 1: 1, true: true, 1.5: 1.5 }),
    'eu-1-1-true-1.5',
  );
  assert.equal(fill('$${HOME}/${namespace}', { namespace: 'x' }), '${HOME}/x');
});

test('lists, maps and null amid text are refused with path and hole', () => {
  const manifest = { spec: { env: [{ value: 'x${[1]}' }, { value: 'x${{}}' }, { value: 'x${null}' }] } };
  assert.deepEqual(refusal(manifest, { '[1]': [1], '{}': {}, null: null }), [
    'spec.env[0].value: ${[1]}: gives a list, which cannot stand amid text',
    'spec.env[1].value: ${{}}: gives a map, which cannot stand amid text',
    'spec.env[2].value: ${null}: gives null, which cannot stand amid text',
  ]);
});

test('a hole without a value is refused', () => {
  assert.deepEqual(refusal({ a: '${namespace}', b: 'x${namespace}' }, {}), [
    'a: ${namespace}: has no value',
    'b: ${namespace}: has no value',
  ]);
});

test('a template tells its expressions, and refuses bad holes', () => {
  const { expressions, pathOf } = template({ a: '${namespace}${cluster.name}', b: '${namespace}' });
  assert.deepEqual(expressions, ['cluster.name', 'namespace']);
  assert.equal(pathOf('namespace'), 'a');
  assert.match(compileTemplate({ a: '${' }, 'at').problems?.[0]?.path ?? '', /^at\.a$/);
});

test('what has no holes is shared, not copied', () => {
  const manifest = { still: { a: ['x'] }, moving: { a: '${namespace}', still: { b: 1 } } };
  const filled = fill(manifest, { namespace: 'x' }) as { still: Json; moving: { still: Json } };
  assert.equal(filled.still, manifest.still);
  assert.equal(filled.moving.still, manifest.moving.still);
  assert.equal(fill(manifest.still, {}), manifest.still);
});

test('members keep their order', () => {
  assert.deepEqual(Object.keys(fill({ a: '${1}', b: 2, c: '${3}' }, { 1: 1, 3: 3 }) as JsonObject), ['a', 'b', 'c']);
});

test('holes can be filled by a function', () => {
  assert.deepEqual(
    fillHoles({ a: '${namespace}!' }, (expression) => expression.length),
    { value: { a: '9!' } },
  );
  assert.ok(fillHoles('${nope}', () => 1, 'spec').problems);
});

test('the value of a hole is data: holes in it are not filled again', () => {
  assert.equal(fill('${namespace}', { namespace: '${cluster.name}' }), '${cluster.name}');
});

test('filling never changes the manifest, and a manifest without holes is its own filling', () => {
  const text = fc.constantFrom('x', '${namespace}', 'a${namespace}', '$${b}', '${null}');
  const { tree } = fc.letrec<{ tree: Json }>((tie) => ({
    tree: fc.oneof(
      { maxDepth: 4 },
      text,
      fc.constantFrom<Json>(null, 1),
      fc.array(tie('tree'), { maxLength: 3 }),
      fc.dictionary(fc.constantFrom('a', 'b', 'c'), tie('tree'), { noNullPrototype: true }),
    ),
  }));
  fc.assert(
    fc.property(tree, (manifest) => {
      const before = JSON.stringify(manifest);
      const filled = fill(manifest, { namespace: 'ns', null: null });
      assert.equal(JSON.stringify(manifest), before);
      if (!before.includes('${')) assert.equal(filled, manifest);
      assert.ok(!JSON.stringify(filled).includes('${n'));
    }),
  );
});
