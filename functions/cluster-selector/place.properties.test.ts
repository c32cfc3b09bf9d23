import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Candidate } from '../clusters/cluster-facts.ts';
import type { Placement as PlacementSpec } from '../generated/types.ts';
import { candidate, decide, inRegion, leaving, minutesAgo, names, present } from './place-fixtures.ts';

const regions = ['eu', 'us', 'asia'];
const fleet = fc.uniqueArray(
  fc.record({
    name: fc.stringMatching(/^[a-z]{1,3}$/),
    region: fc.constantFrom(...regions),
    isHealthy: fc.boolean(),
    isTainted: fc.boolean(),
  }),
  { minLength: 1, maxLength: 7, selector: ({ name }) => name },
);
const taint = { key: 'gpu', effect: 'NoSchedule', since: 0 } as const;
const drawn = (each: { name: string; region: string; isHealthy: boolean; isTainted: boolean }) =>
  inRegion(each.name, each.region, { isHealthy: each.isHealthy, taints: each.isTainted ? [taint] : [] });
const number = fc.integer({ min: 1, max: 7 });
const skews = fc.integer({ min: 1, max: 2 });

/** By how much the fullest domain of a set of clusters exceeds the emptiest of those that a fleet has. */
const skewOf = (chosen: readonly Candidate[], all: readonly Candidate[], key = 'region') => {
  const counts = new Map(all.map(({ facts }) => [facts.labels[key], 0]));
  for (const { facts } of chosen) counts.set(facts.labels[key], (counts.get(facts.labels[key]) ?? 0) + 1);
  return Math.max(0, ...counts.values()) - Math.min(...counts.values());
};

const subsets = <T>(items: readonly T[]): readonly (readonly T[])[] =>
  Array.from({ length: 2 ** items.length }, (_, bits) => items.filter((__, index) => (bits >> index) % 2 === 1));

test('no hard rule is ever broken: new work goes neither to unhealthy nor to tainted clusters, and never beyond maxSkew', () => {
  fc.assert(
    fc.property(fleet, number, skews, (members, wanted, maxSkew) => {
      const all = members.map(drawn);
      const outcome = decide(all, { numberOfClusters: wanted, spread: [{ topologyKey: 'region', maxSkew }] });
      assert.ok(outcome.chosen.every(({ isHealthy, taints }) => isHealthy && taints.length === 0));
      assert.ok(outcome.chosen.length <= wanted);
      const feasible = all.filter(({ isHealthy, taints }) => isHealthy && taints.length === 0);
      if (feasible.length > 0) assert.ok(skewOf(outcome.chosen, feasible) <= maxSkew);
    }),
  );
});

test('no other choice of as many clusters is spread more evenly, and none within maxSkew is larger', () => {
  fc.assert(
    fc.property(fleet, number, skews, (members, wanted, maxSkew) => {
      const all = members.map((each) => drawn({ ...each, isHealthy: true, isTainted: false }));
      const { chosen } = decide(all, { numberOfClusters: wanted, spread: [{ topologyKey: 'region', maxSkew }] });
      const skew = skewOf(chosen, all);
      for (const other of subsets(all)) {
        if (other.length === chosen.length) assert.ok(skew <= skewOf(other, all));
        if (other.length > chosen.length && other.length <= wanted) assert.ok(skewOf(other, all) > maxSkew);
      }
    }),
  );
});

const zoned = fc.uniqueArray(
  fc.record({
    name: fc.stringMatching(/^[a-z]{1,3}$/),
    region: fc.constantFrom('eu', 'us'),
    zone: fc.constantFrom('1', '2', '3'),
  }),
  { minLength: 1, maxLength: 7, selector: ({ name }) => name },
);
const inZone = ({ name, region, zone }: { name: string; region: string; zone: string }) => {
  const plain = inRegion(name, region);
  return { ...plain, facts: { ...plain.facts, labels: { region, zone } } };
};

test('under two strict constraints no choice within both is larger', () => {
  const spread = [{ topologyKey: 'region' }, { topologyKey: 'zone' }];
  fc.assert(
    fc.property(zoned, number, (members, wanted) => {
      const all = members.map(inZone);
      const { chosen } = decide(all, { numberOfClusters: wanted, spread });
      const isWithin = (set: readonly Candidate[]) => skewOf(set, all) <= 1 && skewOf(set, all, 'zone') <= 1;
      assert.ok(isWithin(chosen));
      const larger = subsets(all).filter((other) => other.length > chosen.length && other.length <= wanted);
      assert.ok(!larger.some(isWithin));
    }),
  );
});

test('under two wishes no other choice of as many clusters breaks them by less', () => {
  const whenUnsatisfiable = 'ScheduleAnyway';
  const spread = ['region', 'zone'].map((topologyKey) => ({ topologyKey, whenUnsatisfiable }) as const);
  fc.assert(
    fc.property(zoned, number, (members, wanted) => {
      const all = members.map(inZone);
      const { chosen } = decide(all, { numberOfClusters: wanted, spread });
      const excess = (set: readonly Candidate[]) =>
        Math.max(0, skewOf(set, all) - 1) + Math.max(0, skewOf(set, all, 'zone') - 1);
      assert.equal(chosen.length, Math.min(wanted, all.length), 'a wish never costs a cluster');
      const others = subsets(all).filter((other) => other.length === chosen.length);
      assert.ok(others.every((other) => excess(other) >= excess(chosen)));
    }),
  );
});

test('a cluster that has nothing to do with it moves nothing', () => {
  fc.assert(
    fc.property(fleet, number, (members, wanted) => {
      const all = members.map(drawn);
      const spec: PlacementSpec = { numberOfClusters: wanted };
      const running = names(decide(all, spec)).map((name) => present(name));
      if (running.length < wanted) return;
      const newcomer = candidate('newcomer');
      assert.deepEqual(names(decide([...all, newcomer], spec, running)), names(decide(all, spec, running)));
    }),
  );
});

test('a cluster that goes and comes back leaves what was chosen as it was before, or as it was without it', () => {
  fc.assert(
    fc.property(fleet, number, fc.nat(6), (members, wanted, index) => {
      const all = members.map((each) => drawn({ ...each, isHealthy: true }));
      const gone = all[index % all.length]?.facts.name;
      const spec: PlacementSpec = { numberOfClusters: wanted };
      const before = names(decide(all, spec));
      const rest = all.filter(({ facts }) => facts.name !== gone);
      const without = names(
        decide(
          rest,
          spec,
          before.filter((name) => name !== gone).map((name) => present(name)),
        ),
      );
      const after = names(
        decide(
          all,
          spec,
          without.map((name) => present(name)),
        ),
      );
      const filled = [...without, ...before].filter((name, place, list) => list.indexOf(name) === place);
      assert.ok(
        after.join() === without.join() || after.every((name) => filled.includes(name)),
        `${before} → ${without} → ${after}`,
      );
    }),
  );
});

test('nothing leaves while its successor is not healthy, however often it is asked', () => {
  fc.assert(
    fc.property(fleet, fc.integer({ min: 1, max: 3 }), (members, wanted) => {
      const all = members.map((each) => drawn({ ...each, isTainted: false }));
      const ill = all.map((each) => ({ ...each, healthChangedAt: minutesAgo(6) }));
      const running = members.slice(0, wanted).map(({ name }) => present(name));
      const outcome = decide(ill, { numberOfClusters: wanted }, running);
      const joining = names(outcome).filter((name) => !running.some(({ cluster }) => cluster === name));
      const stay = running.length - leaving(outcome).length;
      assert.ok(joining.length === 0 || stay >= Math.min(running.length, wanted), names(outcome).join());
    }),
  );
});

test('whatever labels flap to, nothing moves before the grace period is over', () => {
  fc.assert(
    fc.property(fleet, fc.array(fc.constantFrom(...regions), { minLength: 7, maxLength: 7 }), (members, flapped) => {
      const before = members.map((each) => drawn({ ...each, isHealthy: true, isTainted: false }));
      const spec: PlacementSpec = { numberOfClusters: 3, clusterSelector: { matchLabels: { region: 'eu' } } };
      const running = names(decide(before, spec));
      const after = before.map((each, index) => {
        const region = flapped[index] ?? 'eu';
        const hasChanged = region !== each.facts.labels['region'];
        const labelled = { ...each, facts: { ...each.facts, labels: { region } } };
        return hasChanged ? { ...labelled, changedAt: minutesAgo(4) } : labelled;
      });
      const outcome = decide(
        after,
        spec,
        running.map((name) => present(name)),
      );
      assert.deepEqual(leaving(outcome), []);
      assert.ok(running.every((name) => names(outcome).includes(name)));
    }),
  );
});
