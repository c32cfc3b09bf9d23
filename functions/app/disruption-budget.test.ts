import assert from 'node:assert/strict';
import { test } from 'node:test';
import { disruptionBudget } from './disruption-budget.ts';
import { selectorLabels } from './labels.ts';
import { samplePart } from './sample-part.ts';

test('a disruption budget selects the pods of its component', () => {
  const disruption = { maxUnavailable: '25%', unhealthyPodEvictionPolicy: 'AlwaysAllow' };
  const budget = disruptionBudget(samplePart({ disruption }));
  assert.equal(budget?.apiVersion, 'policy/v1');
  assert.deepEqual(budget?.spec, { selector: { matchLabels: selectorLabels(samplePart()) }, ...disruption });
  assert.equal(disruptionBudget(samplePart()), undefined);
});
