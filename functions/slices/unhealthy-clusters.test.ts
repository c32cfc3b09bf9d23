import assert from 'node:assert/strict';
import { test } from 'node:test';
import { heedInventory, unhealthyClusters } from './unhealthy-clusters.ts';

const since = '2026-01-01T00:00:00Z';
const word = `the inventory says it is unhealthy since ${since}`;
const unhealthy = { cluster: 'eu-1', since };

test('what the inventory says now counts, and what it does not speak of stays as it was said last', () => {
  const health = [
    { cluster: 'eu-1', isHealthy: false, since },
    { cluster: 'eu-2', isHealthy: true },
  ];
  const before = [{ cluster: 'eu-2' }, { cluster: 'eu-3', since }];
  assert.deepEqual(unhealthyClusters(['eu-3', 'eu-2', 'eu-1'], health, before), [
    { cluster: 'eu-1', since },
    { cluster: 'eu-3', since },
  ]);
});

test('a cluster that the inventory calls unhealthy cannot be reached, and says that first', () => {
  const report = { phase: 'Healthy' as const, messages: [] };
  assert.deepEqual(heedInventory(report, unhealthy), { phase: 'Unreachable', messages: [word] });
  const unwell = { phase: 'Unhealthy' as const, messages: ['a', 'b', 'c'] };
  assert.deepEqual(heedInventory(unwell, unhealthy), { phase: 'Unreachable', messages: [word, 'a', 'b'] });
  assert.deepEqual(heedInventory(report, { cluster: 'eu-1' }).messages, ['the inventory says it is unhealthy']);
  assert.deepEqual(heedInventory(report, undefined), report);
});

test('the word is said once, however often it is heeded', () => {
  for (const phase of ['Healthy', 'Leaving', 'Failed'] as const) {
    const once = heedInventory({ phase, messages: ['leaving: 3 objects are not gone yet'] }, unhealthy);
    assert.deepEqual(heedInventory(once, unhealthy), once);
  }
});

test('a refusal and a departure stay what they are, and a cluster that is left is none of ours', () => {
  const leaving = { phase: 'Leaving' as const, messages: ['leaving: 3 objects are not gone yet'] };
  assert.deepEqual(heedInventory(leaving, unhealthy), {
    phase: 'Leaving',
    messages: [`leaving: 3 objects are not gone yet; ${word}`],
  });
  const failed = { phase: 'Failed' as const, messages: [] };
  assert.deepEqual(heedInventory(failed, unhealthy), { phase: 'Failed', messages: [word] });
  const left = { phase: 'Left' as const, messages: [] };
  assert.deepEqual(heedInventory(left, unhealthy), left);
});
