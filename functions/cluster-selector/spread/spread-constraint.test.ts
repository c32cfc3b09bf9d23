import assert from 'node:assert/strict';
import { test } from 'node:test';
import { classifyConstraints, domainOf, spreadKey } from './spread-constraint.ts';

const cluster = { labels: { zone: 'a' }, properties: { rack: '7' } };

test('only ScheduleAnyway makes a constraint a wish', () => {
  const [strict, wish, unsaid] = [
    { whenUnsatisfiable: 'DoNotSchedule' as const },
    { whenUnsatisfiable: 'ScheduleAnyway' as const },
    {},
  ];
  assert.deepEqual(classifyConstraints([wish, unsaid, strict]), { hard: [unsaid, strict], soft: [wish] });
});

test('a domain is the value of a label or of a property', () => {
  assert.equal(domainOf({ topologyKey: 'zone' }, cluster), 'a');
  assert.equal(domainOf({ property: 'rack' }, cluster), '7');
  assert.equal(domainOf({ topologyKey: 'rack' }, cluster), undefined);
  assert.equal(domainOf({ property: 'valueOf' }, cluster), undefined);
  assert.equal(domainOf({}, cluster), undefined);
  assert.equal(spreadKey({ property: 'rack' }), 'rack');
});
