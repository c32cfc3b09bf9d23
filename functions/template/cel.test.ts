import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Json, JsonObject } from '../kube/json.ts';
import { formatProblem } from '../kube/problem.ts';
import { compileCel, MAX_NESTING, MAX_SOURCE_LENGTH } from './cel.ts';

const variables: JsonObject = {
  cluster: { name: 'eu-1', labels: { region: 'eu', 'example.com/zone': 'a' }, cpus: 16, load: 0.5 },
  app: { labels: Object.fromEntries(Array.from({ length: 5000 }, (_, index) => [`key-${index}`, 'x'])) },
};

function outcome(source: string): Json | { problem: string } {
  const program = compileCel(source, ['cluster', 'app', 'unset']);
  const result = program.problems === undefined ? program.value.evaluate(variables) : program;
  return result.problems === undefined ? result.value : { problem: result.problems.map(formatProblem).join('\n') };
}

function problemOf(source: string): string {
  const result = outcome(source);
  return typeof result === 'object' && result !== null && 'problem' in result
    ? String(result.problem)
    : JSON.stringify(result);
}

test('values are JSON in and JSON out', () => {
  assert.equal(outcome('cluster.name + "-" + cluster.labels.region'), 'eu-1-eu');
  assert.equal(outcome('cluster.cpus / 3'), 5);
  assert.equal(outcome('cluster.load * 2.0'), 1);
  assert.deepEqual(outcome('{"cpus": [cluster.cpus], "none": null}'), { cpus: [16], none: null });
  assert.deepEqual(outcome('cluster.labels.filter(k, k.startsWith("r")).map(k, k + "=" + cluster.labels[k])'), [
    'region=eu',
  ]);
  assert.equal(outcome('has(cluster.labels.none) ? "yes" : null'), null);
});

test('the strings extension is there', () => {
  assert.equal(outcome('"a-b".split("-").join("+").upperAscii()'), 'A+B');
  assert.equal(outcome('"%s:%d".format(["a", 3]).replace(":", "=")'), 'a=3');
});

test('a source that is not CEL is refused with the place', () => {
  assert.equal(problemOf('cluster.name +'), 'is not CEL: found + but expecting end of input (line 1, column 14)');
});

test('a key that is not set comes with the way to ask for it', () => {
  assert.equal(
    problemOf('cluster.labels["zone"]'),
    'field not found: zone; cluster.labels["zone"] is not set; use "zone" in cluster.labels ? cluster.labels["zone"] : …',
  );
  assert.match(
    problemOf('cluster.labels.zone + "x"'),
    /use "zone" in cluster\.labels \? cluster\.labels\["zone"\] : …$/,
  );
  assert.match(problemOf('cluster.labels[cluster.name]'), /use "eu-1" in cluster\.labels \?/);
});

test('a field of a variable that does not exist comes with those that do', () => {
  assert.equal(problemOf('cluster.label.zone'), 'field not found: label; cluster has: cpus, labels, load, name');
  assert.equal(problemOf('cluster.name.zone'), 'field not found: zone; cluster.name is "eu-1", not a map');
});

test('operands that do not fit come with the functions that convert', () => {
  assert.match(
    problemOf('cluster.cpus + "x"'),
    /^found no matching overload for '_\+_'.*; convert a value with string\(…\)/,
  );
});

test('a variable without a value is a problem of the evaluation', () => {
  assert.equal(problemOf('unset'), 'unresolved attribute');
});

test('names of inherited properties read as absent', () => {
  for (const name of ['constructor', '__proto__', 'toString', 'hasOwnProperty']) {
    assert.match(problemOf(`cluster.${name}`), /^field not found/, name);
    assert.match(problemOf(`cluster["${name}"]`), /^field not found/, name);
    assert.equal(outcome(`"${name}" in cluster.labels || has(cluster.${name})`), false, name);
    assert.match(problemOf(name), /is not known/, name);
  }
});

test('a regular expression takes time linear in its text', () => {
  assert.equal(outcome(`"${'a'.repeat(500)}!".matches("(a+)+$")`), false);
  assert.equal(problemOf(`"a".matches("${'\\\\pL{900}'.repeat(90)}")`), 'takes more than 100000 steps');
});

test('a source is at most 1 KiB', () => {
  assert.equal(
    outcome(`"${'x'.repeat(MAX_SOURCE_LENGTH - 2)}".size()`.slice(0, MAX_SOURCE_LENGTH)),
    'x'.repeat(MAX_SOURCE_LENGTH - 2),
  );
  assert.equal(problemOf('x'.repeat(MAX_SOURCE_LENGTH + 1)), 'is longer than 1024 characters (1025)');
});

test('brackets nest at most 64 levels', () => {
  const nested = (depth: number) => `${'('.repeat(depth)}1${')'.repeat(depth)}`;
  assert.equal(outcome(nested(MAX_NESTING)), 1);
  assert.equal(problemOf(nested(MAX_NESTING + 1)), 'has brackets nested deeper than 64 levels (65)');
  assert.equal(
    problemOf(`"${')'.repeat(30)}" + ${nested(MAX_NESTING + 1)}`),
    'has brackets nested deeper than 64 levels (65)',
  );
});

test('a short source cannot keep the process busy or fill its memory', () => {
  const many = (text: string, count: number) => Array.from({ length: count }, () => text).join(',');
  for (const source of [
    'app.labels.exists(a, app.labels.exists(b, a + b == ""))',
    'app.labels.map(a, a)',
    `["a"]${`.map(x, ${'x+'.repeat(100)}x)`.repeat(4)}`,
    `"${'a'.repeat(200)}"${`.replace("a", "${'a'.repeat(100)}")`.repeat(5)}`,
    `${'"%x".format(['.repeat(30)}"aaaa"${'])'.repeat(30)}`,
    `${'strings.quote('.repeat(50)}"\\""${')'.repeat(50)}`,
    `"a,a"${`.split(",").join("${'a,'.repeat(60)}")`.repeat(6)}`,
    'app.labels.exists(a, a.matches("^k[0-9]+x$"))',
    `[1, 2, 3, 4, 5, 6, 7, 8].exists(x, "a".matches("${'\\\\pL'.repeat(60)}x"))`,
    `["${'a'.repeat(200)}"].map(x, ${'x+'.repeat(30)}x).exists(x, x.replace("a", "b") == "")`,
    'app.labels.exists(a, timestamp("2020-01-01T00:00:00Z").getHours("Europe/Paris") > 24)',
    'app.labels.exists(a, "%.3f".format([1.5]) == a)',
  ]) {
    assert.equal(problemOf(source), 'takes more than 100000 steps', source);
  }
  assert.equal(problemOf(`[1]${`.map(x, [${many('x', 100)}])`.repeat(4)}`), 'gives more than 65536 characters');
});

test('running out of steps is not hidden by an operator that forgives errors', () => {
  assert.equal(problemOf('app.labels.exists(a, app.labels.exists(b, false)) || true'), 'takes more than 100000 steps');
});

test('an expression that ran out of steps does not harm the next', () => {
  assert.equal(problemOf('app.labels.exists(a, app.labels.exists(b, false))'), 'takes more than 100000 steps');
  assert.equal(outcome('cluster.labels.exists(k, k == "region")'), true);
});

test('programs are kept by source and variables', () => {
  assert.equal(compileCel('cluster', ['cluster']), compileCel('cluster', ['cluster']));
  assert.ok(compileCel('cluster', ['app']).problems);
});

test('only so many programs are kept', () => {
  const first = compileCel('0', []);
  for (let source = 1; source <= 2000; source++) compileCel(String(source), []);
  assert.notEqual(compileCel('0', []), first);
});
