import assert from 'node:assert/strict';
import { test } from 'node:test';
import { explore } from './explore.ts';
import { scenarios } from './scenarios.ts';

for (const scenario of scenarios) {
  test(`every world of ${scenario.name} is safe and gets to its end`, (t) => {
    const { states, calls, violations } = explore(scenario);
    t.diagnostic(`${states} states, ${calls} calls`);
    const told = violations.map(({ check, reason, path }) => `${check}: ${reason}\n  ${path.join('\n  ')}`);
    assert.deepEqual(told, []);
    assert.ok(states >= scenario.leastStates, `${states} states`);
  });
}
