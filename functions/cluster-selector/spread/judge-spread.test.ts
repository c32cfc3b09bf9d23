import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { SpreadConstraint } from '../../generated/types.ts';
import { judgeSpread, spreadStates, withChosen, withoutChosen } from './judge-spread.ts';

const cluster = (name: string, labels: { readonly [key: string]: string }) => ({
  name,
  labels,
  properties: {},
  version: '',
  set: 'prod',
});
const [a1, a2, b1, b2, outside] = [
  cluster('a1', { zone: 'a', region: 'x' }),
  cluster('a2', { zone: 'a', region: 'y' }),
  cluster('b1', { zone: 'b', region: 'x' }),
  cluster('b2', { zone: 'b', region: 'y' }),
  cluster('outside', {}),
];
const fleet = [a1, a2, b1, b2, outside];
const byZone: SpreadConstraint = { topologyKey: 'zone', maxSkew: 1 };
const byRegion: SpreadConstraint = { topologyKey: 'region', maxSkew: 1 };
const wish = { whenUnsatisfiable: 'ScheduleAnyway' } as const;

const judge = (candidate: typeof a1, chosen: readonly string[], ...constraints: readonly SpreadConstraint[]) =>
  judgeSpread(spreadStates(fleet, constraints, new Set(chosen)), candidate);

describe('a strict constraint', () => {
  test('is broken by what would make the skew too large, and says so', () => {
    assert.deepEqual(judge(a2, ['a1'], byZone).broken, {
      constraint: byZone,
      reason: 'one more in zone=a would make a skew of 2 (maxSkew 1)',
    });
    assert.equal(judge(b1, ['a1'], byZone).broken, undefined);
  });

  test('is named before those after it', () => {
    assert.equal(judge(a1, ['a2', 'b1'], byRegion, byZone).broken, undefined);
    assert.equal(judge(b1, ['a1', 'b2', 'b1', 'a2'], byRegion, byZone).broken, undefined);
    assert.equal(judge(a1, ['a2', 'a1'], byRegion, byZone).broken?.constraint, byZone);
    assert.equal(judge(a1, ['a1'], byRegion, byZone).broken?.constraint, byRegion);
  });

  test('that was broken before is inherited by who is not to blame', () => {
    const lopsided = [...['p', 'q', 'r'].map((name) => cluster(name, { zone: 'a' })), b1, b2];
    const three = spreadStates([...lopsided, cluster('c', { zone: 'c' })], [byZone], new Set(['p', 'q', 'r']));
    assert.ok(judgeSpread(three, b1).broken);
    assert.equal(judgeSpread(three, b1).blocked, undefined);
    const states = spreadStates(lopsided, [byZone], new Set(['p', 'q', 'r']));
    assert.ok(judgeSpread(states, b1).broken);
    assert.equal(judgeSpread(states, b1).blocked, undefined);
    assert.ok(judgeSpread(states, a1).blocked);
  });

  test('on the number of domains is broken by one too many', () => {
    const one: SpreadConstraint = { topologyKey: 'zone', maxDomains: 1 };
    assert.equal(judge(b1, ['a1'], one).broken?.reason, 'zone=b is one domain too many (maxDomains 1)');
    assert.equal(judge(a2, ['a1'], one).broken, undefined);
  });

  test('does not concern a cluster outside its domains', () => {
    assert.deepEqual(judge(outside, ['a1'], byZone), { score: 0 });
  });
});

describe('the score', () => {
  test('earns what a skew loses and pays what it gains, each constraint by itself', () => {
    assert.equal(judge(b2, ['a1'], byZone, byRegion).score, 2);
    assert.equal(judge(b1, ['a1'], byZone, { ...byRegion, maxSkew: 2 }).score, 0);
    assert.equal(judge(a1, [], byZone, byRegion).score, -2);
  });

  test('pays a thousand for every broken wish, and nothing for its skew', () => {
    assert.deepEqual(judge(a2, ['a1'], { ...byZone, ...wish }, byRegion), { score: -999 });
    assert.equal(judge(a1, ['a1'], { ...byZone, ...wish }, { ...byRegion, ...wish }).score, -2000);
  });
});

test('choosing one by one comes to the same as counting all at once', () => {
  const oneByOne = [a1, a2, outside].reduce(withChosen, spreadStates(fleet, [byZone, byRegion], new Set()));
  const atOnce = spreadStates(fleet, [byZone, byRegion], new Set(['a1', 'a2', 'outside']));
  assert.deepEqual(
    oneByOne.map(({ counts }) => counts),
    atOnce.map(({ counts }) => counts),
  );
  assert.deepEqual(judgeSpread(oneByOne, b1), judgeSpread(atOnce, b1));
  assert.deepEqual(judgeSpread(withoutChosen(oneByOne, a2), b2), judge(b2, ['a1'], byZone, byRegion));
});
