import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { clusterNameMistake, namespaceMistake, realName, virtualMessage, virtualName } from './virtual-names.ts';

const cluster = fc.stringMatching(/^[a-z0-9-]{1,30}$/).filter((name) => clusterNameMistake(name) === undefined);
/** Also names that are hard to tell apart once a cluster is behind them. */
const name = fc.oneof(
  fc.stringMatching(/^[a-z0-9]([-a-z0-9]{0,20}[a-z0-9])?$/),
  fc.tuple(fc.stringMatching(/^[a-z]{1,3}-{0,3}$/), cluster).map(([head, tail]) => `${head}--${tail}`),
  fc.constantFrom('system:node', 'a-', 'a--', '--'),
);

test('a name comes back from the member as it went', () => {
  fc.assert(
    fc.property(cluster, name, (here, original) => assert.equal(virtualName(here, realName(here, original)), original)),
  );
});

test('two clusters never share a name, and neither reads a name of the other', () => {
  fc.assert(
    fc.property(cluster, name, cluster, name, (here, ours, there, theirs) => {
      fc.pre(here !== there);
      assert.notEqual(realName(here, ours), realName(there, theirs));
      assert.equal(virtualName(there, realName(here, ours)), undefined);
    }),
  );
});

test('what has no cluster behind its name belongs to none', () => {
  assert.equal(virtualName('eu1', 'kube-system'), undefined);
  assert.equal(virtualName('eu1', '--eu1'), undefined);
});

test('a cluster name that could blur where it begins is refused with what to do', () => {
  for (const bad of ['', 'a--b', '-a', 'a-', 'Eu', 'a.b', 'x'.repeat(31)]) {
    assert.equal(
      clusterNameMistake(bad),
      `"${bad}" cannot be a virtual cluster: use at most 30 of a-z, 0-9 and single dashes, and begin and end with none`,
    );
  }
  assert.equal(clusterNameMistake('x'.repeat(30)), undefined);
});

test('a namespace must leave room for the cluster', () => {
  assert.equal(namespaceMistake('eu1', 'n'.repeat(58)), undefined);
  assert.equal(realName('eu1', 'n'.repeat(58)).length, 63);
  assert.match(
    namespaceMistake('eu1', 'n'.repeat(59)) ?? '',
    /has 59 characters, but virtual cluster eu1 has room for 58/,
  );
});

test('only names of the cluster change in a message', () => {
  assert.equal(
    virtualMessage('eu1', 'namespaces "shop--eu1" not found, "shop--eu12" neither'),
    'namespaces "shop" not found, "shop--eu12" neither',
  );
});
