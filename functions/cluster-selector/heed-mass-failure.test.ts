import assert from 'node:assert/strict';
import { test } from 'node:test';
import { candidate, decide, minutesAgo, names, now, present, verdict } from './place-fixtures.ts';

const ill = (failover: NonNullable<Parameters<typeof candidate>[1]>['failover']) =>
  candidate('a', {
    ...{ isHealthy: false, healthChangedAt: minutesAgo(60) },
    ...(failover !== undefined && { failover }),
  });

test('a cluster is not replaced while its ClusterSet holds fail-over back, and its verdict says why', () => {
  const one = { numberOfClusters: 1 };
  assert.deepEqual(names(decide([ill(undefined), candidate('b')], one, [present('a')])), ['b']);
  const held = decide([ill({ heldBecause: 'most are ill' }), candidate('b')], one, [present('a')]);
  assert.deepEqual(names(held), ['a']);
  assert.match(verdict(held, 'a')?.reason ?? '', /^unhealthy since .*; most are ill$/);
});

test('after a mass failure the time of fail-over begins anew', () => {
  const fleet = (minutes: number) => [ill({ countsFrom: minutesAgo(minutes) }), candidate('b')];
  const early = decide(fleet(4), { numberOfClusters: 1 }, [present('a')]);
  assert.deepEqual(names(early), ['a']);
  assert.equal(early.nextDecisionAt, now + 60_000);
  assert.deepEqual(names(decide(fleet(5), { numberOfClusters: 1 }, [present('a')])), ['b']);
});

test('a taint drives work away all the same', () => {
  const taints = [{ key: 'off', effect: 'NoExecute', since: minutesAgo(60) } as const];
  const tainted = { ...ill({ heldBecause: 'most are ill' }), taints };
  assert.deepEqual(names(decide([tainted, candidate('b')], { numberOfClusters: 1 }, [present('a')])), ['b']);
});
