import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parse } from '@bufbuild/cel';
import { formatProblem } from '../kube/problem.ts';
import { checkExpression } from './cel-check.ts';

function problems(source: string): string[] {
  return checkExpression(parse(source).expr, ['cluster', 'app']).map(formatProblem);
}

test('variables, loop variables, types and functions of CEL are known', () => {
  for (const source of [
    'cluster.labels["a"] + app.name',
    'cluster.labels.map(k, cluster.labels[k])',
    '[1].map(x, [2].map(y, x + y))',
    'has(cluster.x) && type(1) == int',
    'strings.quote("a").size()',
    '.cluster.name',
    '{"a": app.name}["a"]',
  ]) {
    assert.deepEqual(problems(source), [], source);
  }
});

test('a name that is not known is told with those that are, once', () => {
  assert.deepEqual(problems('foo + foo + app.name'), ['"foo" is not known; known here: app, cluster']);
  assert.deepEqual(problems('constructor'), ['"constructor" is not known; known here: app, cluster']);
});

test('a loop variable is known in its loop alone', () => {
  assert.deepEqual(problems('x.map(x, x)'), ['"x" is not known; known here: app, cluster']);
  assert.deepEqual(problems('[1].exists(x, x > 0) && x'), ['"x" is not known; known here: app, cluster']);
  assert.deepEqual(problems('[1].map(x, y)'), ['"y" is not known; known here: app, cluster']);
});

test('functions that do not exist and messages are refused', () => {
  assert.deepEqual(problems('foo(1) + app.bar()'), ['there is no function "foo"', 'there is no function "bar"']);
  assert.deepEqual(problems('app.strings.quote("a")'), ['there is no function "quote"']);
  assert.deepEqual(problems('google.protobuf.Int32Value{value: 1}'), [
    'messages cannot be made here; write a map: {"key": value}',
  ]);
});

test('an expression has at most four loops', () => {
  const loops = (count: number) => `[1]${'.map(x, x)'.repeat(count)}`;
  assert.deepEqual(problems(loops(4)), []);
  assert.deepEqual(problems(loops(5)), ['has 5 loops (all, exists, exists_one, filter, map); 4 are allowed']);
});
