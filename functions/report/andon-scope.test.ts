import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AndonCordSpec } from '../generated/types.ts';
import { andonScope } from './andon-scope.ts';

const scopeOf = (spec: Omit<AndonCordSpec, 'reason'>) => andonScope({ reason: 'fire', ...spec });
const prod = { namespace: 'web', name: 'prod' };

test('a cord that says nothing stops everything, and so does an empty selector', () => {
  assert.equal(scopeOf({}), 'everything');
  assert.equal(scopeOf({ selector: {} }), 'everything');
});

test('Tiers are named, the first five of many', () => {
  assert.equal(scopeOf({ tiers: [prod] }), 'tier web/prod');
  assert.equal(scopeOf({ tiers: [prod, { namespace: 'data', name: 'prod' }] }), 'tiers web/prod, data/prod');
  const many = Array.from({ length: 7 }, (_, index) => ({ namespace: 'web', name: `t${index}` }));
  assert.equal(scopeOf({ tiers: many }), 'tiers web/t0, web/t1, web/t2, web/t3, web/t4 and 2 more');
});

test('labels are told as kubectl takes them', () => {
  const selector = {
    matchLabels: { team: 'shop' },
    matchExpressions: [
      { key: 'zone', operator: 'In', values: ['a', 'b'] },
      { key: 'size', operator: 'NotIn', values: ['big'] },
      { key: 'gpu', operator: 'Exists' },
      { key: 'spot', operator: 'DoesNotExist' },
    ],
  } as const;
  assert.equal(scopeOf({ selector }), 'everything with team=shop, zone in (a,b), size notin (big), gpu, !spot');
  assert.equal(scopeOf({ tiers: [prod], selector: { matchLabels: { team: 'shop' } } }), 'tier web/prod with team=shop');
});

test('no scope is longer than a status may hold', () => {
  const values = Array.from({ length: 64 }, (_, index) => `${index}`.padStart(63, 'v'));
  const scope = scopeOf({ selector: { matchExpressions: [{ key: 'zone', operator: 'In', values }] } });
  assert.equal(scope.length, 1024);
  assert.ok(scope.endsWith('…'));
});
