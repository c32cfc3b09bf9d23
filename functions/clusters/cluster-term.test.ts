import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { ClusterTerm } from '../generated/types.ts';
import { compileClusterTerm, compileRequiredTerms } from './cluster-term.ts';

const cluster = { name: 'eu-1', labels: { region: 'eu' }, properties: { nodes: '3' }, version: 'v1.35.0', set: 'prod' };
const inEurope = { clusterSelector: { matchLabels: { region: 'eu' } } };
const moreThan = (nodes: string) => ({ properties: [{ name: 'nodes', operator: 'Gt' as const, values: [nodes] }] });

const verdict = (term: ClusterTerm) => compileClusterTerm(term, 'spec.term').value?.(cluster);
const required = (...terms: readonly ClusterTerm[]) => compileRequiredTerms(terms, 'spec.required').value?.(cluster);

describe('a term', () => {
  test('without parts lets every cluster pass', () => assert.equal(verdict({}), undefined));

  test('holds when all its parts do', () => {
    const term = { ...inEurope, ...moreThan('2'), cel: 'cluster.set == "prod"' };
    assert.equal(verdict(term), undefined);
    assert.equal(
      verdict({ ...term, clusterSelector: { matchLabels: { region: 'us' } } })?.reason,
      'labels do not match: region is eu, not us',
    );
    assert.equal(verdict({ ...term, ...moreThan('5') })?.reason, 'nodes is 3, wanted > 5');
    assert.equal(verdict({ ...term, cel: 'cluster.set == "beta"' })?.reason, 'cel is false: cluster.set == "beta"');
  });

  test('tells all its mistakes together, with their paths', () => {
    const { problems = [] } = compileClusterTerm(
      {
        clusterSelector: { matchExpressions: [{ key: 'a', operator: 'In', values: [] }] },
        properties: [{ name: 'region', operator: 'Gt', values: ['eu'] }],
        cel: 'cluster.name ==',
      },
      'spec.term',
    );
    assert.deepEqual(
      problems.map(({ path }) => path),
      ['spec.term.clusterSelector.matchExpressions[0].values', 'spec.term.properties[0].values[0]', 'spec.term.cel'],
    );
  });
});

describe('of several terms', () => {
  test('one is enough, and none means no restriction', () => {
    assert.equal(required(), undefined);
    assert.equal(required(moreThan('5'), inEurope), undefined);
  });

  test('the reason is that of the one that got furthest', () => {
    const near = { ...inEurope, ...moreThan('5') };
    assert.deepEqual(required({ clusterSelector: { matchLabels: { region: 'us' } } }, near), {
      because: 'mismatch',
      reason: 'nodes is 3, wanted > 5',
      tally: 'nodes not > 5',
    });
    assert.equal(required(moreThan('7'), moreThan('5'))?.reason, 'nodes is 3, wanted > 7');
  });

  test('one that cannot be told leaves the answer open, unless another holds', () => {
    const untold = { cel: 'cluster.labels["zone"] == "a"' };
    assert.equal(required({ ...inEurope, ...moreThan('5') }, untold)?.because, 'error');
    assert.equal(required(untold, inEurope), undefined);
  });

  test('all mistakes are told with the index of their term', () => {
    const { problems = [] } = compileRequiredTerms([{}, { cel: '(' }, moreThan('x')], 'spec.required');
    assert.deepEqual(
      problems.map(({ path }) => path),
      ['spec.required[1].cel', 'spec.required[2].properties[0].values[0]'],
    );
  });
});
