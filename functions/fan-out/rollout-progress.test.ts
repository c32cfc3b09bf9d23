import assert from 'node:assert/strict';
import { test } from 'node:test';
import { beginRun } from './record/begin-run.ts';
import type { RolloutPlan } from './rollout-facts.ts';
import { rolloutProgress } from './rollout-progress.ts';

const record = {
  ...beginRun(undefined, { revision: 'shop-7f3a', direction: 'Forward', hasOtherValues: false, by: 'alice' }, 0),
  ...{ stable: 'shop-1b2c', waves: [{ name: 'canary', openedAt: '2026-01-01T00:00:00Z', approvedBy: ['bob'] }] },
};
const canary = { name: 'canary', state: 'Open', clusters: 1, updated: 1, healthy: 0, failed: 0 } as const;
const plan: RolloutPlan = {
  ...{ wanted: new Map(), slices: [], revisions: [], problems: [], record },
  moves: {
    ...{
      set: [],
      leave: [],
      held: [],
      waiting: new Map(),
      filled: [],
      asks: [],
      gone: new Set(),
      kept: new Map(),
      usedApprovals: [],
      outcome: 'Unfinished',
    },
    waves: [canary, { ...canary, name: 'rest', state: 'Waiting', message: 'waits for wave canary' }],
    nextDecisionAt: 60_000,
  },
};

test('people are told revisions by their hash, who approved, what is waited for and until when', () => {
  const { stable, by, message, nextDecisionAt, waves } = rolloutProgress(plan, []);
  assert.deepEqual(
    [stable, by, message, nextDecisionAt],
    ['1b2c', 'alice', 'waits for wave canary', '1970-01-01T00:01:00Z'],
  );
  assert.deepEqual(waves[0], { ...canary, openedAt: '2026-01-01T00:00:00Z', approvedBy: ['bob'] });
});

test('however many brakes there are, no more is told of them than the schema takes', () => {
  const brakes = Array.from({ length: 30 }, (_, index) => `AndonCord ${index}: ${'x'.repeat(600)}`);
  const { brakes: told = [] } = rolloutProgress(plan, brakes);
  assert.deepEqual([told.length, Math.max(...told.map(({ length }) => length))], [16, 512]);
});

test('what a wave without clusters says is told of the wave, and is nothing that the rollout waits for', () => {
  const empty = { ...canary, name: 'europe', clusters: 0, updated: 0, message: 'no chosen cluster has region=eu' };
  const told = rolloutProgress({ ...plan, moves: { ...plan.moves, waves: [canary, empty] } }, []);
  assert.equal(told.message, undefined);
  assert.equal(told.waves[1]?.message, 'no chosen cluster has region=eu');
});

test('clusters that keep replicas are what the rollout waits for, when no wave has more to say', () => {
  const kept = new Map([
    ['b', 'stays with its replicas of web until a is healthy with 6'],
    ['a1', 'keeps 4 replicas of web until a is healthy with 6'],
  ]);
  const told = rolloutProgress({ ...plan, moves: { ...plan.moves, kept, waves: [canary] } }, []);
  assert.equal(told.message, 'a1 keeps 4 replicas of web until a is healthy with 6, and 1 more keeps theirs');
  assert.equal(rolloutProgress({ ...plan, moves: { ...plan.moves, kept } }, []).message, 'waits for wave canary');
});
