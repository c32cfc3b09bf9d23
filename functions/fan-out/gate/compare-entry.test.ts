import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Assignment } from '../../generated/types.ts';
import { compareEntry, hasOtherValues } from './compare-entry.ts';
import { assignment, placed } from './gate-fixtures.ts';

const values = [{ expression: 'x', value: 1 }];

function changes(entry: ReturnType<typeof placed>, next: Assignment, scaleImmediately = true) {
  return hasOtherValues([entry], new Map([['a', next]]), { scaleImmediately });
}

test('an entry is compared without its sequence, and replicas apart from the rest', () => {
  const entry = placed(assignment('a', 'new', { replicas: { web: 1 } }), 'Healthy');
  assert.equal(compareEntry(entry, assignment('a', 'new', { replicas: { web: 1 }, sequence: 9 })), 'Same');
  assert.equal(compareEntry(entry, assignment('a', 'new', { replicas: { web: 2 } })), 'Scaled');
  assert.equal(compareEntry(entry, assignment('a', 'new', { values, replicas: { web: 2 } })), 'Other');
});

test('replicas are apart from the rest also where they are the value of a hole, and only where they are all of it', () => {
  const said = (expression: string, value: number) =>
    assignment('a', 'new', { values: [{ expression, value }], replicas: { web: value } });
  for (const expression of ['replicas["web"]', "replicas['web']", 'replicas.web', ' replicas["my-web"] ']) {
    assert.equal(compareEntry(placed(said(expression, 1), 'Healthy'), said(expression, 2)), 'Scaled', expression);
  }
  for (const expression of ['replicas["web"] * 2', 'string(replicas.web)', 'replicas', 'cluster.replicas.web']) {
    assert.equal(compareEntry(placed(said(expression, 1), 'Healthy'), said(expression, 2)), 'Other', expression);
  }
});

test('other values of the same revision are a rollout, replicas only where they take the waves', () => {
  const entry = placed(assignment('a'), 'Healthy');
  assert.equal(changes(entry, assignment('a', 'new', { values })), true);
  assert.equal(changes(entry, assignment('a', 'newer', { values })), false, 'another revision is one anyway');
  const scaled = assignment('a', 'new', { replicas: { web: 2 } });
  assert.deepEqual([changes(entry, scaled), changes(entry, scaled, false)], [false, true]);
});

test('what an outdated read has put back is repaired, and begins no rollout', () => {
  const overtaken = { ...placed(assignment('a', 'new', { sequence: 3, values }), 'Healthy'), delivered: 4 };
  assert.equal(changes(overtaken, assignment('a')), false);
});
