import assert from 'node:assert/strict';
import { test } from 'node:test';
import { domainOf, isHard, spreadKey } from './spread-constraint.ts';

const cluster = { labels: { zone: 'a' }, properties: { rack: '7' } };

test('only ScheduleAnyway makes a constraint a wish', () => {
  assert.equal(isHard({ whenUnsatisfiable: 'ScheduleAnyway' }), false);
  assert.equal(isHard({ whenUnsatisfiable: 'DoNotSchedule' }), true);
  assert.equal(isHard({}), true);
});

test('a domain is the value of a label or of a property', () => {
  assert.equal(domainOf({ topologyKey: 'zone' }, cluster), 'a');
  assert.equal(domainOf({ property: 'rack' }, cluster), '7');
  assert.equal(domainOf({ topologyKey: 'rack' }, cluster), undefined);
  assert.equal(domainOf({ property: 'valueOf' }, cluster), undefined);
  assert.equal(domainOf({}, cluster), undefined);
  assert.equal(spreadKey({ property: 'rack' }), 'rack');
});
