import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { JsonObject } from '../../../functions/kube/json.ts';
import type { KubeObject } from '../../../functions/kube/object.ts';
import { sayFinding } from '../judging/finding.ts';
import { judge } from '../judging/referee.ts';
import { appOf, profileOf } from '../stage/stage.ts';
import { assigned, createFleet, type MovingFleet, setOf } from './moving-fleet.ts';

/** What is missing for a moment moves nothing: decisions, ClusterSets, labels and properties, played on the simulated hub. */
const members = ['m-a', 'm-b', 'm-c', 'm-d'];

function keepsPromises({ observer }: MovingFleet): void {
  assert.deepEqual(judge(observer.timeline()).map(sayFinding), []);
}

/** A part of what another scheduler has decided. */
function decisionOf(index: number, clusters: readonly string[]): KubeObject {
  return {
    apiVersion: 'multicluster.x-k8s.io/v1alpha1',
    kind: 'PlacementDecision',
    metadata: {
      ...{ name: `web-${index}`, namespace: 'team' },
      labels: {
        'multicluster.x-k8s.io/decision-key': 'web',
        'multicluster.x-k8s.io/decision-index': String(index),
      },
    },
    schedulerName: 'other',
    decisions: clusters.map((name) => ({ clusterProfileRef: { name, namespace: 'fleet' } })),
  };
}

function decide({ apply }: MovingFleet, ...slices: readonly (readonly string[])[]): void {
  for (const [index, clusters] of slices.entries()) apply(decisionOf(index, clusters));
}

/** An App that another scheduler places, on b, c and d. */
async function decided(placement: JsonObject = {}, faults?: Parameters<typeof createFleet>[1]): Promise<MovingFleet> {
  const fleet = await createFleet(members, faults);
  decide(fleet, ['m-b', 'm-c'], ['m-d']);
  const rollout = { waves: [{ name: 'all', maxConcurrent: '100%' }], maxRemovals: '50%' };
  fleet.apply(appOf({ image: 'web:1', placement: { fromDecision: 'web', ...placement }, rollout }));
  await fleet.hub.runFor(1800);
  assert.deepEqual(assigned(fleet), ['m-b', 'm-c', 'm-d']);
  return fleet;
}

/** Tells what stood in the members when. */
function standsIn({ hub }: MovingFleet): readonly string[] {
  const has = (name: string) =>
    [...(hub.members.get(name)?.store.index.all() ?? [])].some(({ kind }) => kind === 'Deployment');
  return members.filter(has);
}

test('a decision that is rewritten slice by slice takes nothing from a cluster that it names in the end', async () => {
  const fleet = await decided();
  for (const [first, second] of [
    [
      ['m-a', 'm-b'],
      ['m-c', 'm-d'],
    ],
    [['m-b', 'm-c'], ['m-d']],
  ] as const) {
    fleet.apply(decisionOf(0, first));
    await fleet.hub.runFor(3);
    fleet.apply(decisionOf(1, second));
    await fleet.hub.runFor(200);
  }
  assert.equal(fleet.deleted.length, 0);
  await fleet.hub.runFor(1800);
  assert.deepEqual(assigned(fleet), ['m-b', 'm-c', 'm-d'], 'whom it no longer names leaves in the end');
  assert.ok(
    fleet.deleted.every((each) => each.startsWith('m-a ')),
    fleet.deleted.join(),
  );
  keepsPromises(fleet);
});

test('a cluster that a decision no longer names leaves when it has been missing for the grace period, and not before', async () => {
  for (const [placement, seconds] of [
    [{}, 300],
    [{ gracePeriodSeconds: 900 }, 900],
    [{ gracePeriodSeconds: 0 }, 0],
  ] as const) {
    const fleet = await decided(placement);
    decide(fleet, ['m-b'], ['m-d']);
    if (seconds > 0) {
      await fleet.hub.runFor(seconds - 20);
      assert.deepEqual(standsIn(fleet), ['m-b', 'm-c', 'm-d']);
    }
    await fleet.hub.runFor(120);
    assert.deepEqual(standsIn(fleet), ['m-b', 'm-d']);
    keepsPromises(fleet);
  }
});

test('a cluster that is named again in between has all of its patience again, also while reads lag', async () => {
  const fleet = await decided({}, { staleCalls: 0.4, repeatCalls: 0.2, shuffleApplyOrder: true, coldSeeds: 0.1 });
  for (let round = 0; round < 5; round++) {
    decide(fleet, ['m-b'], ['m-d']);
    await fleet.hub.runFor(240);
    decide(fleet, ['m-b', 'm-c'], ['m-d']);
    await fleet.hub.runFor(30);
  }
  assert.deepEqual(fleet.deleted, []);
  assert.deepEqual(assigned(fleet), ['m-b', 'm-c', 'm-d']);
  keepsPromises(fleet);
});

test('a decision that is not whole, or says two things, keeps what runs for as long as it takes', async () => {
  const fleet = await decided();
  const remove = (index: number) =>
    fleet.hub.delete({ ...decisionOf(index, []), name: `web-${index}`, namespace: 'team' });
  const courses: readonly (() => void)[] = [
    () => {
      fleet.apply(decisionOf(2, ['m-a']));
      remove(1);
    },
    () => decide(fleet, ['m-b', 'm-d'], ['m-d']),
    () => remove(0),
    () => remove(1),
  ];
  for (const course of courses) {
    course();
    await fleet.hub.runFor(1200);
    assert.deepEqual(standsIn(fleet), ['m-b', 'm-c', 'm-d']);
  }
  remove(2);
  decide(fleet, ['m-b', 'm-c'], ['m-d']);
  await fleet.hub.runFor(1200);
  assert.deepEqual([assigned(fleet), fleet.deleted], [['m-b', 'm-c', 'm-d'], []]);
  keepsPromises(fleet);
});

test('while a cluster is missing nothing is written again and again', async () => {
  const fleet = await decided();
  decide(fleet, ['m-b'], ['m-d']);
  await fleet.hub.runFor(60);
  const versions = () =>
    fleet.hub
      .list({ apiVersion: 'crossply.dev/v1alpha1', kind: 'AssignmentSlice' })
      .map(({ metadata }) => metadata['resourceVersion']);
  const before = versions();
  await fleet.hub.runFor(200);
  assert.deepEqual(versions(), before);
});

test('a label or a property that is gone for a moment moves nothing; gone for long it does, where it was asked for', async () => {
  const required = [{ properties: [{ name: 'gpus', operator: 'Exists' }] }];
  for (const placement of [{ clusterSelector: { matchLabels: { tier: 'gold' } } }, { affinity: { required } }]) {
    const fleet = await createFleet(members);
    const put = (name: string, isThere: boolean) => {
      const isLabelled = isThere || placement.clusterSelector === undefined;
      const profile = profileOf(name, { config: name, ...(isLabelled && { tier: 'gold' }) });
      const properties = isThere || !isLabelled ? [{ name: 'gpus', value: '8' }] : [];
      fleet.apply({ ...profile, status: { ...(profile.status as JsonObject), properties } });
    };
    for (const name of members) put(name, true);
    await fleet.hub.runFor(60);
    fleet.apply(appOf({ image: 'web:1', placement, rollout: { waves: [{ name: 'all', maxConcurrent: '100%' }] } }));
    await fleet.hub.runFor(1200);
    assert.deepEqual(standsIn(fleet), members);
    for (let round = 0; round < 3; round++) {
      put('m-a', false);
      await fleet.hub.runFor(200);
      put('m-a', true);
      await fleet.hub.runFor(60);
    }
    assert.equal(fleet.deleted.length, 0);
    put('m-a', false);
    await fleet.hub.runFor(600);
    assert.deepEqual(standsIn(fleet), ['m-b', 'm-c', 'm-d']);
  }
});

test('a ClusterSet that vanishes and comes back has forgotten nobody, and has the patience that it would have had', async () => {
  const fleet = await createFleet(members);
  fleet.apply(appOf({ image: 'web:1', rollout: { waves: [{ name: 'all', maxConcurrent: '100%' }] } }));
  await fleet.hub.runFor(1200);
  const selecting = setOf({
    clusterProfiles: { namespace: 'fleet', selector: { matchExpressions: [{ key: 'off', operator: 'DoesNotExist' }] } },
  });
  fleet.hub.delete({ ...selecting, name: 'all', namespace: 'platform' });
  await fleet.hub.runFor(600);
  fleet.put('m-a', 'm-a', { off: 'yes' });
  fleet.apply(selecting);
  await fleet.hub.runFor(240);
  assert.deepEqual([standsIn(fleet), fleet.deleted], [members, []]);
  fleet.put('m-a', 'm-a');
  await fleet.hub.runFor(600);
  assert.deepEqual([standsIn(fleet), fleet.deleted], [members, []]);
  fleet.put('m-a', 'm-a', { off: 'yes' });
  await fleet.hub.runFor(900);
  assert.deepEqual(standsIn(fleet), ['m-b', 'm-c', 'm-d']);
  keepsPromises(fleet);
});
