import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Placement } from '../cluster-selector/placement.ts';
import { ownRules } from '../health/health-rules.ts';
import { planRollout } from './plan-rollout.ts';
import type { RolloutFacts } from './rollout-facts.ts';

const config = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'config', namespace: 'shop' } };

function plan(placement: Placement) {
  const facts: RolloutFacts = {
    owner: { apiVersion: 'example.org/v1', kind: 'Website', name: 'shop' },
    placement,
    templates: { config },
    renderProblems: [],
    overrides: [],
    rollout: {},
    boundary: { scope: 'Namespace', namespace: 'shop' },
    health: ownRules,
    environment: {
      app: { name: 'shop', namespace: 'team', labels: {} },
      tier: { name: '', namespace: '', platform: '' },
      namespace: 'shop',
    },
    slices: [],
    revisions: [],
    madeAt: new Map(),
    brakes: [],
    approvals: [],
  };
  return planRollout(facts, Date.UTC(2026, 0, 1));
}

const placement: Placement = {
  mode: 'Decided',
  chosen: [],
  verdicts: [],
  candidates: 0,
  summary: { reason: 'TierMissing', message: 'there is no Tier' },
};

test('while the last good placement is kept, what a renderer made without it becomes no Revision', () => {
  assert.equal(plan(placement).revisions.length, 1);
  const kept = plan({ ...placement, mode: 'KeepLastGood' });
  assert.deepEqual(kept.revisions, []);
  assert.deepEqual(
    kept.problems.map(({ message }) => message),
    ['there is no Tier'],
  );
});
