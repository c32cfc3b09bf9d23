import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkLabelSelector, matchesLabelSelector } from './label-selector.ts';
import { formatProblem } from './problem.ts';

test('a selector that is absent or empty selects everything', () => {
  assert.ok(matchesLabelSelector(undefined, { a: '1' }));
  assert.ok(matchesLabelSelector({}, undefined));
  assert.ok(matchesLabelSelector({ matchLabels: {}, matchExpressions: [] }, {}));
});

test('all labels and all expressions must hold', () => {
  const selector = {
    matchLabels: { region: 'eu' },
    matchExpressions: [
      { key: 'tier', operator: 'In', values: ['a', 'b'] },
      { key: 'legacy', operator: 'DoesNotExist' },
      { key: 'zone', operator: 'Exists' },
      { key: 'phase', operator: 'NotIn', values: ['old'] },
    ],
  };
  const labels = { region: 'eu', tier: 'b', zone: '' };
  assert.ok(matchesLabelSelector(selector, labels));
  assert.ok(!matchesLabelSelector(selector, { ...labels, region: 'us' }));
  assert.ok(!matchesLabelSelector(selector, { ...labels, tier: 'c' }));
  assert.ok(!matchesLabelSelector(selector, { ...labels, legacy: '' }));
  assert.ok(!matchesLabelSelector(selector, { ...labels, phase: 'old' }));
  assert.ok(!matchesLabelSelector(selector, { region: 'eu', tier: 'b' }));
});

test('an operator that does not exist selects nothing', () => {
  assert.ok(!matchesLabelSelector({ matchExpressions: [{ key: 'a', operator: 'Gt', values: ['1'] }] }, { a: '2' }));
});

test('every mistake is told with its path, in the words of the selector', () => {
  const problems = checkLabelSelector(
    {
      matchLabels: { 'bad key': 'x', good: 'bad value' },
      matchExpressions: [
        { key: 'a', operator: 'in', values: ['x'] },
        { key: 'b', operator: 'NotIn' },
        { key: '-', operator: 'Exists' },
      ],
    },
    'spec.selector',
  );
  assert.deepEqual(problems.map(formatProblem), [
    'spec.selector.matchLabels: must have label keys (got "bad key")',
    `spec.selector.matchLabels['good']: must be a label value (got "bad value")`,
    'spec.selector.matchExpressions[0].operator: must be one of In, NotIn, Exists, DoesNotExist (got "in")',
    'spec.selector.matchExpressions[1].values: NotIn takes at least one value (got 0)',
    'spec.selector.matchExpressions[2].key: must be a label key (got "-")',
  ]);
});

test('a good selector has no problems', () => {
  const expression = { key: 'example.com/a', operator: 'In', values: ['', 'x'] };
  assert.deepEqual(checkLabelSelector({ matchLabels: { a: '' }, matchExpressions: [expression] }, 'spec'), []);
});
