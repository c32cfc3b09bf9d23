import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { isDone, type PlacedAssignment } from '../../functions/slices/placed-assignment.ts';
import { FleetModel, type ModelCluster, type PassResult, type Wishes } from './fleet-model.ts';

const maxFleet = 60;

/** What happens between two passes. */
const event = fc.oneof(
  { weight: 4, arbitrary: fc.record({ does: fc.constant('version' as const), to: fc.integer({ min: 1, max: 30 }) }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('manifests' as const), to: fc.integer({ min: 1, max: 12 }) }) },
  {
    weight: 2,
    arbitrary: fc.record({ does: fc.constant('number' as const), to: fc.integer({ min: 0, max: maxFleet }) }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ does: fc.constant('grow' as const), to: fc.integer({ min: 1, max: maxFleet }) }),
  },
  { weight: 2, arbitrary: fc.record({ does: fc.constant('vanish' as const), to: fc.nat(maxFleet - 1) }) },
  { weight: 2, arbitrary: fc.record({ does: fc.constant('move' as const), to: fc.nat(maxFleet - 1) }) },
  { weight: 2, arbitrary: fc.record({ does: fc.constant('spoil' as const), to: fc.nat(maxFleet - 1) }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('lose set' as const), to: fc.nat(3) }) },
  { weight: 8, arbitrary: fc.record({ does: fc.constant('nothing' as const), to: fc.constant(0) }) },
);

type Event = typeof event extends fc.Arbitrary<infer T> ? T : never;

const course = fc.array(fc.record({ event, deliveries: fc.nat(15), hasRevisions: fc.boolean() }), {
  minLength: 10,
  maxLength: 40,
});

test('whatever happens to a fleet, waves and slices keep their promises', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: maxFleet }), fc.nat(14), course, (size, calmPasses, steps) => {
      const model = new FleetModel();
      let wishes = grow(first, size);
      for (let count = 0; count < calmPasses; count++) {
        for (const { key } of model.pass(wishes).after) model.deliver(key, wishes, true);
      }
      for (const { event: happening, deliveries, hasRevisions } of steps) {
        wishes = change(wishes, happening);
        const pass = model.pass(wishes);
        checkPass(pass);
        pass.after.forEach(({ key, entries }, index) => {
          if ((deliveries & (1 << (index % 4))) === 0) return;
          const removed = model.deliver(key, wishes, hasRevisions);
          checkRemoved(removed, entries, wishes);
        });
      }
    }),
    { numRuns: 50 },
  );
});

const first: Wishes = { version: 1, manifests: 2, clusters: new Map(), missingSets: new Set() };

function change(wishes: Wishes, { does, to }: Event): Wishes {
  const names = [...wishes.clusters.keys()];
  const name = names[to % Math.max(1, names.length)] ?? '';
  const cluster = wishes.clusters.get(name);
  const replaced = (next: ModelCluster) => ({ ...wishes, clusters: new Map([...wishes.clusters, [name, next]]) });
  switch (does) {
    case 'version':
      return { ...wishes, version: to };
    case 'manifests':
      return { ...wishes, manifests: to };
    case 'number': {
      const { numberOfClusters: _, ...rest } = wishes;
      return to === 0 ? rest : { ...rest, numberOfClusters: to };
    }
    case 'grow':
      return grow(wishes, to);
    case 'vanish':
      return { ...wishes, clusters: new Map([...wishes.clusters].filter(([each]) => each !== name)) };
    case 'move':
      return cluster === undefined ? wishes : replaced({ ...cluster, set: cluster.set === 'east' ? 'west' : 'east' });
    case 'spoil':
      return cluster === undefined ? wishes : replaced({ ...cluster, isGood: !cluster.isGood });
    case 'lose set':
      return { ...wishes, missingSets: new Set(['east', 'west'].filter((_, index) => (to & (1 << index)) !== 0)) };
    case 'nothing':
      return wishes;
  }
}

function grow(wishes: Wishes, size: number): Wishes {
  const clusters = new Map(wishes.clusters);
  for (let index = 0; clusters.size < size; index++) {
    const name = `c${String(index).padStart(2, '0')}`;
    if (!clusters.has(name)) clusters.set(name, { set: index % 3 === 0 ? 'west' : 'east', isGood: true });
  }
  return { ...wishes, clusters };
}

function checkPass({ before, after, verdicts, chosen, revisions }: PassResult): void {
  const was = new Map(before.flatMap(({ entries }) => entries.map((entry) => [entry.assignment.cluster, entry])));
  const entries = after.flatMap((slice) => slice.entries);
  const clusters = entries.map(({ assignment }) => assignment.cluster);
  assert.equal(new Set(clusters).size, clusters.length, 'no cluster is in two slices');
  for (const { key, entries: own } of after) assert.ok(own.length <= 25, `${key} holds ${own.length} clusters`);
  const leaving = new Set(verdicts.flatMap(({ verdict, cluster }) => (verdict === 'Leaving' ? [cluster] : [])));
  for (const { assignment, sliceKey } of entries) {
    const { cluster, revision, state } = assignment;
    const earlier = was.get(cluster);
    assert.ok(revisions.has(revision), `${cluster} uses revision ${revision}, which is not desired`);
    if (earlier === undefined) continue;
    assert.equal(sliceKey, earlier.sliceKey, `${cluster} does not move to another slice`);
    if (state === 'Leaving' && earlier.assignment.state === 'Assigned')
      assert.ok(leaving.has(cluster), `${cluster} leaves without the verdict`);
  }
  for (const [cluster, { assignment, status }] of was) {
    assert.ok(revisions.has(assignment.revision), `an observed assignment uses ${assignment.revision}`);
    if (clusters.includes(cluster)) continue;
    assert.ok(assignment.state === 'Leaving' && status?.phase === 'Left', `${cluster} was dropped before it had left`);
  }
  checkWave(was, entries, chosen);
}

/** Entries that change now go to one Revision, and with those that are not healthy with it yet they are not too many. */
function checkWave(was: ReadonlyMap<string, PlacedAssignment>, entries: readonly PlacedAssignment[], chosen: number) {
  const changed = entries.filter(({ assignment: { cluster, revision, state } }) => {
    return state === 'Assigned' && was.get(cluster)?.assignment.revision !== revision;
  });
  const target = changed[0]?.assignment.revision;
  if (target === undefined) return;
  assert.ok(changed.every(({ assignment }) => assignment.revision === target));
  const present = [...was.values()].filter(
    ({ assignment }) => assignment.revision === target && assignment.state === 'Assigned',
  );
  const limit = present.some(isDone) ? Math.max(1, Math.ceil(chosen / 4)) : 1;
  assert.ok(changed.length <= limit, `${changed.length} clusters change at once, at most ${limit} may`);
}

/** Only a leaving cluster loses Objects, or one whose content has fewer manifests now. */
function checkRemoved(removed: readonly string[], entries: readonly PlacedAssignment[], { manifests }: Wishes): void {
  const assigned = new Set(
    entries.flatMap(({ assignment }) => (assignment.state === 'Assigned' ? [assignment.cluster] : [])),
  );
  for (const key of removed) {
    const [cluster = '', , , , name = ''] = key.split('/');
    if (!assigned.has(cluster)) continue;
    assert.ok(Number(name.slice('config-'.length)) > 0, `${key} was removed from an assigned cluster (${manifests})`);
  }
}
