import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import type { Candidate } from '../clusters/cluster-facts.ts';
import type { ReplicaDivision } from '../generated/types.ts';
import { divideComponents } from './divide-components.ts';
import type { Present } from './placement.ts';
import { compileReplicaRules } from './replica-rules.ts';
import { takeStock } from './room/take-stock.ts';

const eu = { namespace: 'platform', name: 'eu' };

const candidate = (
  name: string,
  more: { readonly cpu?: string; readonly isHealthy?: boolean; readonly paused?: string } = {},
): Candidate => ({
  ...(more.paused !== undefined && { paused: more.paused }),
  facts: { name, labels: {}, properties: more.cpu === undefined ? {} : { cpu: more.cpu }, version: '', set: 'eu' },
  clusterSet: eu,
  clusterProfile: { namespace: 'fleet', name },
  providerConfig: { kind: 'ClusterProviderConfig', name },
  isHealthy: more.isHealthy ?? true,
  taints: [],
});

const running = (cluster: string, web: number): Present => ({
  cluster,
  clusterSet: eu,
  leaving: false,
  isHealthy: true,
  replicas: { web },
});

const divide = (
  totals: { readonly [component: string]: number },
  chosen: readonly Candidate[],
  division: ReplicaDivision,
  present: readonly Present[] = [],
) => {
  const rules = compileReplicaRules(division, 'spec.placement.replicas', false).value ?? assert.fail();
  const owner = { kind: 'App', name: 'shop', createdAt: '' };
  const stock =
    rules.room &&
    takeStock({ rule: rules.room, candidates: chosen, present, others: [], owner, now: Date.UTC(2026, 0) });
  const facts = { ...rules, ...(stock !== undefined && { stock }) };
  const { byCluster, complaints } = divideComponents(totals, chosen, present, facts, false);
  return { replicas: Object.fromEntries(byCluster), complaints };
};

const byCpu = { property: 'cpu', perReplica: '500m' };

test('without anything said every cluster has the replicas stated', () => {
  assert.deepEqual(divide({ web: 3 }, [candidate('a'), candidate('b')], {}).replicas, { a: { web: 3 }, b: { web: 3 } });
});

test('divided replicas add up, by the largest weight that fits', () => {
  const weights = [
    { clusters: { clusterNames: ['a', 'b'] }, weight: 1 },
    { clusters: { clusterNames: ['a'] }, weight: 3 },
  ];
  const { replicas } = divide({ web: 8 }, [candidate('a'), candidate('b'), candidate('c')], {
    mode: 'Divided',
    weights,
  });
  assert.deepEqual(replicas, { a: { web: 6 }, b: { web: 2 }, c: { web: 0 } });
});

describe('by capacity', () => {
  const division: ReplicaDivision = { mode: 'Divided', strategy: 'Capacity', capacity: byCpu };

  test('what one component takes is gone for the next', () => {
    const chosen = [candidate('a', { cpu: '2' }), candidate('b', { cpu: '1' })];
    const { replicas, complaints } = divide({ api: 3, web: 4 }, chosen, division);
    assert.deepEqual(replicas, { a: { api: 2, web: 2 }, b: { api: 1, web: 1 } });
    assert.deepEqual(complaints, ['web: 1 of 4 replicas find no room']);
  });

  test('a cluster with a negative amount left has no room', () => {
    const chosen = [candidate('a', { cpu: '-1' }), candidate('b', { cpu: '1' })];
    assert.deepEqual(divide({ web: 1 }, chosen, division).replicas, { a: { web: 0 }, b: { web: 1 } });
  });

  test('amounts that are no quantities, and replicas that take nothing, are refused with their path', () => {
    const wrong = { mode: 'Divided', strategy: 'Capacity', capacity: { property: 'cpu', perReplica: '0' } } as const;
    assert.equal(compileReplicaRules(wrong, 'spec', false).problems?.[0]?.path, 'spec.capacity.perReplica');
    const text = { ...wrong, capacity: { property: 'cpu', perReplica: 'half' } } as const;
    assert.equal(compileReplicaRules(text, 'spec', false).problems?.[0]?.path, 'spec.capacity.perReplica');
  });
});

test('while a cluster is unhealthy it keeps what it has, and more goes to the others (Karmada issue 1640)', () => {
  const chosen = [candidate('a', { isHealthy: false }), candidate('b')];
  const present = [running('a', 2), running('b', 2)];
  const { replicas } = divide({ web: 8 }, chosen, { mode: 'Divided' }, present);
  assert.deepEqual(replicas, { a: { web: 2 }, b: { web: 6 } });
});

test('an unhealthy cluster gives up replicas like any other when there are fewer than it holds', () => {
  const chosen = [candidate('a', { isHealthy: false }), candidate('b')];
  const { replicas } = divide({ web: 2 }, chosen, { mode: 'Divided' }, [running('a', 3), running('b', 3)]);
  assert.deepEqual(replicas, { a: { web: 1 }, b: { web: 1 } });
});

test('the sum is always what was asked for, and no order of clusters changes it', () => {
  const fleet = fc.uniqueArray(
    fc.record({ name: fc.stringMatching(/^[a-z]{1,3}$/), isHealthy: fc.boolean(), held: fc.nat(9) }),
    {
      minLength: 1,
      maxLength: 7,
      selector: ({ name }) => name,
    },
  );
  fc.assert(
    fc.property(fleet, fc.nat(40), (members, total) => {
      const chosen = members.map(({ name, isHealthy }) => candidate(name, { isHealthy }));
      const present = members.flatMap(({ name, held }) => (held > 0 ? [running(name, held)] : []));
      const { replicas } = divide({ web: total }, chosen, { mode: 'Divided' }, present);
      const sum = Object.values(replicas).reduce((all, { web = 0 }) => all + web, 0);
      assert.equal(sum, total);
      assert.deepEqual(divide({ web: total }, chosen.toReversed(), { mode: 'Divided' }, present).replicas, replicas);
    }),
  );
});

describe('a paused cluster', () => {
  const paused = candidate('a', { paused: 'maintenance' });
  const evenly: ReplicaDivision = { mode: 'Divided', weights: [{ clusters: { cel: 'true' }, weight: 1 }] };
  const here = [running('a', 5), running('b', 1)];

  test('keeps exactly the replicas it has, while the others share the rest', () => {
    assert.deepEqual(divide({ web: 8 }, [paused, candidate('b')], evenly, here).replicas, {
      a: { web: 5 },
      b: { web: 3 },
    });
  });

  test('keeps them also when fewer are wanted than it has', () => {
    assert.deepEqual(divide({ web: 3 }, [paused, candidate('b')], evenly, here).replicas, {
      a: { web: 5 },
      b: { web: 0 },
    });
  });

  test('keeps them also when nobody else is there, and takes no more', () => {
    const { replicas, complaints } = divide({ web: 8 }, [paused], evenly, here);
    assert.deepEqual(replicas, { a: { web: 5 } });
    assert.deepEqual(complaints, ['web: 3 of 8 replicas find no room']);
  });

  test('gets nothing of a component that is new', () => {
    assert.deepEqual(divide({ db: 4 }, [paused, candidate('b')], evenly, here).replicas, {
      a: { db: 0 },
      b: { db: 4 },
    });
  });
});
