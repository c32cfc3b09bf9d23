import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { JsonObject } from '../../../functions/kube/json.ts';
import { appOf, approvalOf } from '../stage/stage.ts';
import {
  assigned,
  createFleet,
  inventoryMessage,
  type MovingFleet,
  membersOf,
  rolloutOf,
  setOf,
} from './moving-fleet.ts';

/** Clusters that get other names or other ways to them are the same clusters, played on the simulated hub. */
const kinds = ['App', 'ComputeNamespace', 'Tier'];

async function settled(members: readonly string[], wish: JsonObject = {}): Promise<MovingFleet> {
  const fleet = await createFleet(members);
  fleet.apply(appOf({ image: 'web:1', ...wish }));
  await fleet.hub.runFor(1800);
  return fleet;
}

/** Runs the hub, and sees that in the end the same objects stand in the members, that none was ever deleted, and that no rollout has begun. */
async function staysTheSame(fleet: MovingFleet, change: () => Promise<void> | void): Promise<void> {
  const { hub, deleted } = fleet;
  const standing = () => [...hub.members.values()].map(({ name }) => [...fleet.uids(name)].sort()).sort();
  const rollouts = () => kinds.map((kind) => rolloutOf(fleet, kind));
  const [before, begun] = [standing(), rollouts()];
  await change();
  await hub.runFor(1800);
  assert.deepEqual(deleted, []);
  assert.deepEqual(standing(), before);
  assert.deepEqual(rollouts(), begun);
}

/** Sees that an edit reaches every member. */
async function takesEdits(fleet: MovingFleet): Promise<void> {
  fleet.apply(appOf({ image: 'web:9' }));
  await fleet.hub.runFor(1800);
  assert.deepEqual(
    images(fleet),
    [...fleet.hub.members.keys()].map(() => 'web:9'),
  );
}

function images({ hub }: MovingFleet): readonly string[] {
  return [...hub.members.values()].map(({ store }) => {
    const all = [...store.index.all()].filter(({ kind }) => kind === 'Deployment');
    return /"image":"([^"]*)"/.exec(JSON.stringify(all))?.[1] ?? 'none';
  });
}

test('a renamed cluster keeps all that stands in it, and the new name takes over its entries', async () => {
  const fleet = await settled(['m-a', 'm-b', 'm-c']);
  await staysTheSame(fleet, () => {
    fleet.drop('m-a');
    fleet.put('a-new', 'm-a');
  });
  for (const kind of kinds) assert.deepEqual(assigned(fleet, kind), ['a-new', 'm-b', 'm-c']);
  await takesEdits(fleet);
  assert.deepEqual(fleet.deleted, []);
});

test('a name that comes while its cluster is missed, or comes before the old one goes, takes over all the same', async () => {
  const fleet = await settled(['m-a', 'm-b', 'm-c']);
  await staysTheSame(fleet, async () => {
    fleet.drop('m-a');
    await fleet.hub.runFor(200);
    fleet.put('a-new', 'm-a');
  });
  assert.deepEqual(assigned(fleet), ['a-new', 'm-b', 'm-c']);
  await staysTheSame(fleet, async () => {
    fleet.put('a-first', 'm-a');
    await fleet.hub.runFor(900);
    assert.deepEqual(assigned(fleet), ['a-new', 'm-b', 'm-c'], 'the second one is no member');
    assert.match(inventoryMessage(fleet), /a-new and a-first are both cluster a-new: .* ClusterProviderConfig m-a/);
    fleet.drop('a-new');
  });
  for (const kind of kinds) assert.deepEqual(assigned(fleet, kind), ['a-first', 'm-b', 'm-c']);
  assert.equal(inventoryMessage(fleet), '');
  await takesEdits(fleet);
});

test('several renames at once, again and again, also while reads lag and events are lost', async () => {
  const faults = { staleCalls: 0.4, dropEvents: 0.2, shuffleApplyOrder: true, repeatCalls: 0.2, coldSeeds: 0.1 };
  const fleet = await createFleet(['m-a', 'm-b', 'm-c', 'm-d'], faults);
  fleet.apply(appOf({ image: 'web:1' }));
  await fleet.hub.runFor(3600);
  for (const round of ['1', '2']) {
    await staysTheSame(fleet, async () => {
      for (const { clusterProfile, providerConfig } of membersOf(fleet)) {
        fleet.drop(clusterProfile.name);
        fleet.put(`${providerConfig.name}-${round}`, providerConfig.name);
        await fleet.hub.runFor(1);
      }
    });
    assert.deepEqual(
      assigned(fleet),
      ['m-a', 'm-b', 'm-c', 'm-d'].map((name) => `${name}-${round}`),
    );
  }
});

test('two clusters that exchange their names exchange nothing else, and a name that is given away means another', async () => {
  const fleet = await settled(['m-a', 'm-b', 'm-c']);
  await staysTheSame(fleet, () => {
    fleet.put('m-a', 'm-b');
    fleet.put('m-b', 'm-a');
  });
  const configs = fleet.slices('App').flatMap(({ assignments }) => assignments);
  assert.deepEqual(
    configs.map(({ cluster, providerConfig }) => `${cluster} ${providerConfig.name}`),
    ['m-a m-b', 'm-b m-a', 'm-c m-c'],
  );
  fleet.hub.addMember('m-d');
  fleet.drop('m-c');
  fleet.put('c-new', 'm-c');
  await fleet.hub.runFor(120);
  fleet.put('m-c', 'm-d');
  await fleet.hub.runFor(1800);
  assert.deepEqual(assigned(fleet), ['c-new', 'm-a', 'm-b', 'm-c']);
  await takesEdits(fleet);
  assert.deepEqual(fleet.deleted, []);
});

test('a cluster that takes over the name of one that is gone is not the one that is gone', async () => {
  const fleet = await settled(['m-a', 'm-b', 'm-c'], { rollout: { maxRemovals: 1 } });
  const before = [...fleet.uids('m-b')];
  fleet.drop('m-a');
  fleet.drop('m-b');
  fleet.put('m-a', 'm-b');
  await fleet.hub.runFor(200);
  assert.equal(fleet.deleted.length, 0);
  await fleet.hub.runFor(3600);
  assert.deepEqual([...fleet.uids('m-b')], before);
  assert.deepEqual(assigned(fleet), ['m-a', 'm-c']);
  assert.ok(fleet.deleted.length > 0 && fleet.deleted.every((each) => each.startsWith('m-a ')), fleet.deleted.join());
});

test('a cluster that is renamed in the middle of a rollout stays in its wave, with its soak', async () => {
  const waves = [
    { name: 'one', count: 1, soak: '10m' },
    { name: 'rest', maxConcurrent: '100%' },
  ];
  const fleet = await settled(['m-a', 'm-b', 'm-c'], { rollout: { waves } });
  fleet.apply(appOf({ image: 'web:2', rollout: { waves } }));
  await fleet.hub.runFor(300);
  const canary = images(fleet).indexOf('web:2');
  assert.equal(images(fleet).filter((image) => image === 'web:2').length, 1);
  const member = [...fleet.hub.members.keys()][canary] ?? '';
  fleet.drop(member);
  fleet.put('renamed', member);
  await fleet.hub.runFor(200);
  assert.equal(images(fleet).filter((image) => image === 'web:2').length, 1, 'the canary soaks on');
  const number = rolloutOf(fleet);
  await fleet.hub.runFor(240);
  assert.deepEqual(images(fleet), ['web:2', 'web:2', 'web:2'], 'the soak was not begun anew');
  await fleet.hub.runFor(900);
  assert.equal(rolloutOf(fleet), number);
  assert.deepEqual(fleet.deleted, []);
});

test('an approval that was given before a cluster was renamed is for the cluster that was meant', async () => {
  const waves = [
    { name: 'one', count: 1, soak: '10m' },
    { name: 'rest', maxConcurrent: '100%', approval: {} },
  ];
  const fleet = await settled(['m-a', 'm-b', 'm-c']);
  fleet.apply(appOf({ image: 'web:2', rollout: { waves } }));
  await fleet.hub.runFor(120);
  const rest = [...fleet.hub.members.keys()].filter((_, place) => images(fleet)[place] === 'web:1');
  fleet.apply(approvalOf(fleet, 'early', 'bob', { wave: 'rest', clusters: rest }));
  await fleet.hub.runFor(60);
  fleet.drop(rest[0] ?? '');
  fleet.put('renamed', rest[0] ?? '');
  await fleet.hub.runFor(1200);
  assert.deepEqual(images(fleet), ['web:2', 'web:2', 'web:2']);
  assert.deepEqual(fleet.deleted, []);
});

test('lists of names go on meaning a cluster that was renamed', async () => {
  const fleet = await settled(['m-a', 'm-b', 'm-c'], { placement: { clusterNames: ['m-a', 'm-b'] } });
  fleet.apply(setOf({ paused: [{ cluster: 'm-a', reason: 'disks are replaced' }] }));
  await fleet.hub.runFor(60);
  await staysTheSame(fleet, () => {
    fleet.drop('m-a');
    fleet.put('a-new', 'm-a');
  });
  assert.deepEqual(assigned(fleet), ['a-new', 'm-b']);
  assert.equal(membersOf(fleet).find(({ name }) => name === 'a-new')?.paused, 'disks are replaced');
});

test('a cluster whose provider configuration gets another name is handed over to it in place', async () => {
  const fleet = await settled(['m-a', 'm-b', 'm-c']);
  const old = fleet.hub.members.get('m-a');
  assert.ok(old);
  await staysTheSame(fleet, () => {
    fleet.hub.members.set('way-2', old);
    fleet.hub.members.delete('m-a');
    fleet.put('m-a', 'way-2');
  });
  await takesEdits(fleet);
  await staysTheSame(fleet, async () => {
    fleet.hub.members.delete('way-2');
    await fleet.hub.runFor(1800);
    fleet.hub.members.set('way-3', old);
    fleet.put('m-a', 'way-3');
  });
  assert.deepEqual(assigned(fleet), ['m-a', 'm-b', 'm-c']);
  fleet.apply(appOf({ image: 'web:10' }));
  await fleet.hub.runFor(1800);
  assert.deepEqual(images(fleet), ['web:10', 'web:10', 'web:10'], 'also after it could not be reached for long');
  assert.deepEqual(fleet.deleted, []);
});

/** Clusters that belong to one of two ClusterSets by label; the second comes first by name. */
async function inTwoSets(wish: JsonObject = {}): Promise<MovingFleet> {
  const fleet = await createFleet(['m-a', 'm-b', 'm-c']);
  for (const name of ['m-a', 'm-b', 'm-c']) fleet.put(name, name, { set: 'all' });
  for (const name of ['all', 'aaa']) fleet.apply(selecting(name));
  await fleet.hub.runFor(60);
  fleet.apply(appOf({ image: 'web:1', ...wish }));
  await fleet.hub.runFor(1800);
  return fleet;
}

function selecting(name: string) {
  return setOf({ clusterProfiles: { namespace: 'fleet', selector: { matchLabels: { set: name } } } }, name);
}

test('a cluster whose label changes between two ClusterSets for a moment stays, also with an App that is for one of them', async () => {
  for (const wish of [{}, { placement: { clusterSets: ['all'] } }]) {
    const fleet = await inTwoSets(wish);
    await staysTheSame(fleet, async () => {
      for (const set of ['aaa', 'all', 'aaa', 'all']) {
        fleet.put('m-a', 'm-a', { set });
        await fleet.hub.runFor(100);
      }
    });
    assert.deepEqual(assigned(fleet), ['m-a', 'm-b', 'm-c']);
  }
});

test('a cluster that moves to another ClusterSet stays, whatever becomes of its old one', async () => {
  const fleet = await inTwoSets();
  await staysTheSame(fleet, async () => {
    fleet.put('m-a', 'm-a', { set: 'aaa' });
    assert.deepEqual(fleet.hub.delete(setRef('all')), []);
    await fleet.hub.runFor(900);
    fleet.put('m-b', 'm-b', { set: 'none' });
    fleet.apply(selecting('all'));
    await fleet.hub.runFor(200);
    fleet.put('m-b', 'm-b', { set: 'all' });
  });
  assert.deepEqual(assigned(fleet), ['m-a', 'm-b', 'm-c']);
  await staysTheSame(fleet, () => {
    fleet.drop('m-a');
    fleet.put('a-new', 'm-a', { set: 'all' });
  });
  assert.deepEqual(assigned(fleet), ['a-new', 'm-b', 'm-c']);
});

function setRef(name: string) {
  return { apiVersion: 'crossply.dev/v1alpha1', kind: 'ClusterSet', namespace: 'platform', name };
}
