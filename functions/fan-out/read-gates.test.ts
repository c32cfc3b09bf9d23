import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { AndonCordSpec } from '../generated/types.ts';
import type { JsonObject } from '../kube/json.ts';
import type { KubeObject } from '../kube/object.ts';
import { readApprovals, readBrakes } from './read-gates.ts';

const apiVersion = 'crossply.dev/v1alpha1';
const composite: KubeObject = {
  apiVersion,
  kind: 'App',
  metadata: { name: 'shop', namespace: 'team', labels: { team: 'web' } },
};
const tier = { namespace: 'platform', name: 'prod' };
const now = Date.UTC(2026, 0, 1, 12);

function cord(spec: Partial<AndonCordSpec>): KubeObject {
  return {
    apiVersion,
    kind: 'AndonCord',
    metadata: { name: 'stop' },
    spec: { reason: 'outage', ...spec } as JsonObject,
  };
}

function brakes(cords: readonly KubeObject[], more: Partial<Parameters<typeof readBrakes>[0]> = {}) {
  const required = new Map([
    ['andon-cords', cords],
    ['approvals', []],
  ]);
  return readBrakes({ composite, tier, ...more }, required, now).map(({ stops, message }) => `${stops}: ${message}`);
}

describe('brakes', () => {
  test('a cord without a scope stops everything', () => {
    assert.deepEqual(brakes([cord({})]), ['All: AndonCord stop: outage']);
  });

  test('a cord for Tiers or labels stops what is in both', () => {
    const other = { namespace: 'platform', name: 'beta' };
    assert.equal(brakes([cord({ tiers: [other, tier] })]).length, 1);
    assert.equal(brakes([cord({ tiers: [other] })]).length, 0);
    assert.equal(brakes([cord({ selector: { matchLabels: { team: 'web' } } })]).length, 1);
    assert.equal(brakes([cord({ tiers: [tier], selector: { matchLabels: { team: 'data' } } })]).length, 0);
  });

  test('a cord whose labels nobody can read stops everything in its Tiers', () => {
    const selector = { matchLabels: { 'no label': 'x' } };
    assert.equal(brakes([cord({ selector })]).length, 1);
    assert.equal(brakes([cord({ selector, tiers: [{ namespace: 'platform', name: 'beta' }] })]).length, 0);
  });

  test('a freeze stops what is planned until it ends, a pause until it is taken back', () => {
    const freeze = { reason: 'Black Friday', until: '2026-01-01T12:00:01Z' };
    assert.deepEqual(brakes([], { freeze, paused: true }), [
      'Planned: the Tier is frozen until 2026-01-01T12:00:01Z: Black Friday',
      'Planned: paused by spec.rollout.paused',
    ]);
    assert.deepEqual(brakes([], { freeze: { ...freeze, until: '2026-01-01T12:00:00Z' } }), []);
  });

  test('while nobody knows whether a cord was pulled, everything stands still', () => {
    assert.match(readBrakes({ composite }, new Map(), now)[0]?.message ?? '', /waits for the AndonCords/);
  });
});

describe('approvals', () => {
  const approval = (name: string, kind = 'App'): KubeObject => ({
    ...{ apiVersion, kind: 'Approval' },
    metadata: { name: 'ok', namespace: 'team', uid: 'u1', creationTimestamp: '2026-01-01T11:00:00Z' },
    spec: { for: { kind, name }, revision: '7f3a', wave: 'prod', approver: 'bob', expiresAt: '2026-01-01T13:00:00Z' },
    status: { state: 'Used' },
  });

  test('those for the composite are read from their spec, with when they were made and expire', () => {
    const required = new Map([['approvals', [approval('shop'), approval('other'), approval('shop', 'Tier')]]]);
    assert.deepEqual(readApprovals(required, composite), [
      {
        ...{ revision: '7f3a', wave: 'prod', approver: 'bob', uid: 'u1' },
        ...{ createdAt: Date.UTC(2026, 0, 1, 11), expiresAt: Date.UTC(2026, 0, 1, 13) },
      },
    ]);
  });

  test('those for a kind of others are read by group, kind and name', () => {
    const website = { ...composite, apiVersion: 'example.com/v1', kind: 'Website' };
    const forWebsite = (group: string): KubeObject => {
      const { spec, ...rest } = approval('shop', 'Website');
      const subject = { apiVersion: `${group}/v1`, kind: 'Website', name: 'shop' };
      return { ...rest, spec: { ...(spec as JsonObject), for: subject } };
    };
    const count = (...given: readonly KubeObject[]) => readApprovals(new Map([['approvals', given]]), website).length;
    assert.deepEqual([count(forWebsite('example.com')), count(forWebsite('example.org'))], [1, 0]);
    assert.equal(count(approval('shop', 'Website')), 0, 'without a group it could be for anything of that name');
  });

  test('one that no API server has dated counts for nothing', () => {
    const undated = { ...approval('shop'), metadata: { name: 'ok', namespace: 'team' } };
    assert.deepEqual(readApprovals(new Map([['approvals', [undated]]]), composite), []);
  });
});
