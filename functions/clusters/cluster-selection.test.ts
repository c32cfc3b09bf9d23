import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ClusterSelection } from '../generated/types.ts';
import { compileClusterSelection } from './cluster-selection.ts';

const cluster = {
  name: 'eu-1',
  labels: { region: 'eu', size: 'large' },
  properties: { cost: '3' },
  version: 'v1.35.0',
  set: 'prod',
};

const verdict = (selection: ClusterSelection) => compileClusterSelection(selection, 'spec.placement').value?.(cluster);
const reason = (selection: ClusterSelection) => verdict(selection)?.reason;

test('nothing asked selects every cluster', () => assert.equal(verdict({}), undefined));

test('every part that is given must hold', () => {
  assert.equal(
    verdict({
      clusterNames: ['eu-1'],
      clusterSelector: { matchLabels: { region: 'eu' } },
      cel: 'cluster.set == "prod"',
    }),
    undefined,
  );
  assert.equal(reason({ clusterNames: ['eu-2'] }), 'not among the cluster names');
  assert.equal(reason({ clusterNames: ['eu-1'], excludedClusterNames: ['eu-1'] }), 'excluded by name');
});

test('a label that does not match is named with what it is', () => {
  assert.equal(
    reason({ clusterSelector: { matchLabels: { region: 'us' } } }),
    'labels do not match: region is eu, not us',
  );
  const expression = { key: 'gpu', operator: 'In' as const, values: ['a', 'b'] };
  assert.equal(
    reason({ clusterSelector: { matchExpressions: [expression] } }),
    'labels do not match: gpu is not set, wanted In (a, b)',
  );
});

test('the label that would help is suggested only when it alone would do', () => {
  const two = { matchLabels: { region: 'us', stage: 'live' } };
  assert.equal(verdict({ clusterSelector: { matchLabels: { region: 'us' } } })?.suggestion, 'label region=us');
  assert.equal(verdict({ clusterSelector: two })?.suggestion, undefined);
});

test('an expression is false, or cannot be told', () => {
  assert.deepEqual(verdict({ cel: 'cluster.properties["cost"] == "5"' }), {
    because: 'mismatch',
    reason: 'cel is false: cluster.properties["cost"] == "5"',
  });
  assert.equal(verdict({ cel: 'cluster.labels["zone"] == "a"' })?.because, 'error');
  assert.match(reason({ cel: 'cluster.name' }) ?? '', /must return a boolean \(got "eu-1"\)/);
});

test('mistakes are refused together, with their paths', () => {
  const { problems = [] } = compileClusterSelection(
    { clusterSelector: { matchExpressions: [{ key: 'a', operator: 'In', values: [] }] }, cel: 'clutser.name == ' },
    'spec.placement',
  );
  assert.deepEqual(
    problems.map(({ path }) => path.replace(/\[.*$/, '')),
    ['spec.placement.clusterSelector.matchExpressions', 'spec.placement.cel'],
  );
});
