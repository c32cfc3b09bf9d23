import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { JsonObject } from '../../../functions/kube/json.ts';
import { sayFinding } from '../judging/finding.ts';
import { judge } from '../judging/referee.ts';
import { fewestReady, readyTotal, replicasNow } from '../stage/ready-total.ts';
import {
  type AppWish,
  appOf,
  approvalOf,
  createStage,
  profileOf,
  type Stage,
  type StageOptions,
} from '../stage/stage.ts';

/** What divided replicas do in the members, second by second, when they move: pods take a minute to become ready. */
const divided = { replicas: { mode: 'Divided' } };
const all = { waves: [{ name: 'all', maxConcurrent: '100%' }], maxRemovals: '100%', maxJoining: '100%' };
const slow = { a: 60, b: 60, c: 60, d: 60 };

function keepsPromises({ observer }: Stage): void {
  assert.deepEqual(judge(observer.timeline()).map(sayFinding), []);
}

function fleet(...names: readonly string[]): StageOptions['clusters'] {
  return Object.fromEntries(names.map((name) => [name, { name }]));
}

/** Replicas that are divided by the weights of two clusters. */
function weighed(a: number, b: number): JsonObject {
  const weights = Object.entries({ a, b }).map(([name, weight]) => ({ clusters: { clusterNames: [name] }, weight }));
  return { replicas: { mode: 'Divided', weights } };
}

function pauseMembers(stage: Stage, ...clusters: readonly string[]): void {
  const paused = clusters.map((cluster) => ({ cluster, reason: 'disks are replaced' }));
  stage.apply({
    ...{ apiVersion: 'crossply.dev/v1alpha1', kind: 'ClusterSet', metadata: { name: 'all', namespace: 'platform' } },
    spec: { tier: 'prod', clusterProfiles: { namespace: 'fleet' }, ...(paused.length > 0 && { paused }) },
  });
}

/** An App that runs on some clusters, each of which takes a minute for its pods. */
class Played {
  readonly stage: Stage;
  #wish: AppWish;

  constructor(stage: Stage, wish: AppWish) {
    this.stage = stage;
    this.#wish = wish;
  }

  static async begin(clusters: readonly string[], wish: Partial<AppWish>, options: Partial<StageOptions> = {}) {
    const stage = await createStage({ clusters: fleet(...clusters), readyAfterSeconds: slow, ...options });
    const played = new Played(stage, { image: 'web:1', rollout: all, placement: divided, ...wish });
    played.want({});
    await stage.hub.runFor(600);
    return played;
  }

  get now(): number {
    return this.stage.hub.clock.milliseconds;
  }

  want(change: Partial<AppWish>): void {
    this.#wish = { ...this.#wish, ...change };
    this.stage.apply(appOf(this.#wish));
  }

  place(placement: JsonObject): void {
    this.want({ placement: { ...this.#wish.placement, ...placement } });
  }

  join(name: string): void {
    this.stage.hub.addMember(name, { readyAfterSeconds: 60 });
    this.stage.apply(profileOf(name, { name }));
  }

  async pass(seconds: number): Promise<void> {
    await this.stage.hub.runFor(seconds);
  }

  /** What the App says of its rollout. */
  get message(): string {
    const app = this.stage.hub.get({
      ...{ apiVersion: 'crossply.dev/v1alpha1', kind: 'App', namespace: 'team', name: 'shop' },
    });
    const { rollout } = (app?.status ?? {}) as { rollout?: { message?: string } };
    return rollout?.message ?? '';
  }

  /** What the App says of one cluster. */
  reason(cluster: string): string {
    const app = this.stage.hub.get({
      ...{ apiVersion: 'crossply.dev/v1alpha1', kind: 'App', namespace: 'team', name: 'shop' },
    });
    const { assignments = [] } = (app?.status ?? {}) as { assignments?: { cluster: string; message?: string }[] };
    return assignments.find((each) => each.cluster === cluster)?.message ?? '';
  }
}

test('a cluster that joins gets its share first, and the others give theirs up when it is ready', async () => {
  const played = await Played.begin(['a'], { replicas: 10 });
  const since = played.now;
  played.join('b');
  await played.pass(40);
  assert.deepEqual(replicasNow(played.stage), { a: 10, b: 5 });
  assert.match(played.message, /a keeps 10 replicas of web until b is healthy with 5/);
  assert.match(played.reason('a'), /keeps 10 replicas of web until b is healthy with 5/);
  await played.pass(300);
  assert.deepEqual(replicasNow(played.stage), { a: 5, b: 5 });
  assert.equal(fewestReady(played.stage, since), 10);
  assert.equal(played.message, '');
  keepsPromises(played.stage);
});

test('a cluster that is drained leaves when those that take its replicas are ready', async () => {
  const played = await Played.begin(['a', 'b', 'c'], { replicas: 12 });
  const since = played.now;
  played.place({ excludedClusterNames: ['c'] });
  await played.pass(30);
  assert.deepEqual(replicasNow(played.stage), { a: 6, b: 6, c: 4 });
  assert.match(played.reason('c'), /stays with its replicas of web until a is healthy with 6, b is healthy with 6/);
  await played.pass(300);
  assert.deepEqual(replicasNow(played.stage), { a: 6, b: 6 });
  assert.equal(fewestReady(played.stage, since), 12);
  keepsPromises(played.stage);
});

test('other weights move replicas without a moment in which fewer are ready', async () => {
  const played = await Played.begin(['a', 'b'], { replicas: 10, placement: weighed(4, 1) });
  const since = played.now;
  played.place(weighed(1, 4));
  await played.pass(400);
  assert.deepEqual(replicasNow(played.stage), { a: 2, b: 8 });
  assert.equal(fewestReady(played.stage, since), 10);
  keepsPromises(played.stage);
});

test('a smaller total goes at once, and a larger one as well', async () => {
  const played = await Played.begin(['a', 'b'], { replicas: 10 });
  played.want({ replicas: 4 });
  await played.pass(10);
  assert.deepEqual(replicasNow(played.stage), { a: 2, b: 2 });
  played.want({ replicas: 12 });
  await played.pass(10);
  assert.deepEqual(replicasNow(played.stage), { a: 6, b: 6 });
  keepsPromises(played.stage);
});

test('of a smaller total that comes with a cluster, what is too many goes at once and the rest when it is ready', async () => {
  const played = await Played.begin(['a'], { replicas: 10 });
  const since = played.now;
  played.join('b');
  played.want({ replicas: 4 });
  await played.pass(30);
  assert.deepEqual(replicasNow(played.stage), { a: 4, b: 2 });
  await played.pass(300);
  assert.deepEqual(replicasNow(played.stage), { a: 2, b: 2 });
  assert.equal(fewestReady(played.stage, since), 4);
  keepsPromises(played.stage);
});

test('components that move past each other hold nobody up', async () => {
  const others = [{ name: 'api', image: 'api:1', replicas: 8 }];
  const played = await Played.begin(['a', 'b'], { replicas: 8, others });
  const since = played.now;
  played.join('c');
  await played.pass(20);
  played.place({ excludedClusterNames: ['a'] });
  await played.pass(600);
  assert.deepEqual(replicasNow(played.stage), { b: 4, c: 4 });
  assert.equal(fewestReady(played.stage, since), 8);
  assert.equal(fewestReady(played.stage, since, 'api'), 8);
  keepsPromises(played.stage);
});

test('with scaleImmediately: false moves take the waves, what grows first', async () => {
  const rollout = { ...all, scaleImmediately: false, waves: [{ name: 'one', count: 1 }, { name: 'rest' }] };
  const played = await Played.begin(['a', 'b', 'c'], { replicas: 6, rollout });
  const since = played.now;
  played.place({ excludedClusterNames: ['b'] });
  await played.pass(1200);
  assert.deepEqual(replicasNow(played.stage), { a: 3, c: 3 });
  assert.equal(fewestReady(played.stage, since), 6);
  played.join('d');
  await played.pass(1200);
  assert.deepEqual(replicasNow(played.stage), { a: 2, c: 2, d: 2 });
  assert.equal(fewestReady(played.stage, since), 6);
  keepsPromises(played.stage);
});

test('while a cluster that joins waits for its wave nothing shrinks', async () => {
  const waves = [
    { name: 'first', clusterSelector: { matchLabels: { name: 'a' } }, soak: '1h' },
    { name: 'rest', maxConcurrent: '100%' },
  ];
  const played = await Played.begin(['a'], { replicas: 6, rollout: { ...all, waves } });
  const since = played.now;
  played.join('b');
  await played.pass(900);
  assert.deepEqual(replicasNow(played.stage), { a: 6 });
  assert.match(played.reason('a'), /keeps 6 replicas of web until b, whose turn has not come, is healthy with 3/);
  await played.pass(3600);
  assert.deepEqual(replicasNow(played.stage), { a: 3, b: 3 });
  assert.equal(fewestReady(played.stage, since), 6);
  keepsPromises(played.stage);
});

test('a drain in the middle of a content rollout takes no replica before others are ready', async () => {
  const waves = [{ name: 'one', count: 1, soak: '5m' }, { name: 'rest' }];
  const played = await Played.begin(['a', 'b', 'c'], { replicas: 6, rollout: { ...all, waves } });
  const since = played.now;
  played.want({ image: 'web:2' });
  await played.pass(90);
  played.place({ excludedClusterNames: ['c'] });
  await played.pass(240);
  assert.deepEqual(replicasNow(played.stage), { a: 3, b: 3 }, 'replicas need not wait for the content');
  await played.pass(1200);
  assert.deepEqual(replicasNow(played.stage), { a: 3, b: 3 });
  assert.equal(fewestReady(played.stage, since), 6);
  keepsPromises(played.stage);
});

test('a cluster in which nothing gets ready takes nothing from the others, and the App says so', async () => {
  const played = await Played.begin(['a'], { replicas: 6 });
  played.join('b');
  played.stage.hub.members.get('b')?.setImageHealth('web:1', false);
  await played.pass(1500);
  assert.deepEqual(replicasNow(played.stage), { a: 6, b: 3 });
  assert.match(played.message, /a keeps 6 replicas of web until b, which has failed, is healthy with 3/);
  played.stage.hub.members.get('b')?.setImageHealth('web:1', true);
  await played.pass(300);
  assert.deepEqual(replicasNow(played.stage), { a: 3, b: 3 });
  keepsPromises(played.stage);
});

test('where a wave may have that many failures, moves go on without what has failed', async () => {
  const played = await Played.begin(['a'], { replicas: 6, rollout: { ...all, maxFailures: 1 } });
  played.join('b');
  played.stage.hub.members.get('b')?.setImageHealth('web:1', false);
  await played.pass(500);
  assert.deepEqual(replicasNow(played.stage), { a: 6, b: 3 });
  await played.pass(600);
  assert.deepEqual(replicasNow(played.stage), { a: 3, b: 3 });
  keepsPromises(played.stage);
});

test('a cluster that cannot be reached is not waited for beyond its deadline', async () => {
  const rollout = { ...all, deadline: '5m' };
  const played = await Played.begin(['a', 'b'], { replicas: 6, placement: weighed(5, 1), rollout });
  played.stage.observer.setCutOff('b', true);
  played.place(weighed(1, 1));
  await played.pass(240);
  assert.deepEqual(replicasNow(played.stage), { a: 5, b: 1 });
  assert.match(played.message, /a keeps 5 replicas of web until b is healthy with 3/);
  await played.pass(400);
  assert.deepEqual(replicasNow(played.stage), { a: 3, b: 1 });
  keepsPromises(played.stage);
});

test('a cluster that is lost stays until others have its replicas, so that nothing is missed when it comes back', async () => {
  const placement = { ...divided, numberOfClusters: 2, failoverAfterSeconds: 60 };
  const played = await Played.begin(['a', 'b', 'c'], { replicas: 6, placement });
  const since = played.now;
  const lost = Object.keys(replicasNow(played.stage))[0] ?? '';
  played.stage.observer.setCutOff(lost, true);
  played.stage.apply(profileOf(lost, { name: lost }, false));
  await played.pass(75);
  played.stage.observer.setCutOff(lost, false);
  played.stage.apply(profileOf(lost, { name: lost }, true));
  await played.pass(900);
  assert.equal(
    Object.values(replicasNow(played.stage)).reduce((sum, count) => sum + count, 0),
    6,
  );
  assert.equal(fewestReady(played.stage, since), 6);
  keepsPromises(played.stage);
});

test('a cluster that is paused keeps what it has, and nobody gives replicas up for it', async () => {
  const played = await Played.begin(['a', 'b'], { replicas: 6 });
  const since = played.now;
  pauseMembers(played.stage, 'b');
  await played.pass(30);
  played.join('c');
  await played.pass(600);
  assert.equal(replicasNow(played.stage)['b'], 3);
  assert.equal(fewestReady(played.stage, since), 6);
  pauseMembers(played.stage);
  await played.pass(600);
  assert.deepEqual(replicasNow(played.stage), { a: 2, b: 2, c: 2 });
  assert.equal(fewestReady(played.stage, since), 6);
  keepsPromises(played.stage);
});

test('who starts over gets what was decided, although replicas are kept meanwhile', async () => {
  const capacity = { property: 'free.test.dev', perReplica: '1' };
  const placement = { replicas: { mode: 'Divided', strategy: 'Capacity', capacity } };
  const played = await Played.begin(['a'], { replicas: 10, placement });
  played.join('b');
  await played.pass(200);
  assert.deepEqual(replicasNow(played.stage), { a: 10, b: 0 });
  const since = played.now;
  played.place({ rescheduleAt: new Date(since).toISOString().replace(/\.\d+/, '') });
  await played.pass(600);
  assert.deepEqual(replicasNow(played.stage), { a: 5, b: 5 });
  assert.equal(fewestReady(played.stage, since), 10);
  keepsPromises(played.stage);
});

test('clusters that leave by an approval leave together, when the last of them may', async () => {
  const played = await Played.begin(['a', 'b', 'c'], { replicas: 9, rollout: { ...all, maxRemovals: 0 } });
  const since = played.now;
  played.place({ excludedClusterNames: ['b', 'c'] });
  await played.pass(10);
  played.stage.apply(approvalOf(played.stage, 'leave', 'bob', { removals: ['b', 'c'] }));
  await played.pass(30);
  assert.deepEqual(replicasNow(played.stage), { a: 9, b: 3, c: 3 });
  await played.pass(300);
  assert.deepEqual(replicasNow(played.stage), { a: 9 });
  assert.equal(fewestReady(played.stage, since), 9);
  keepsPromises(played.stage);
});

test('replicas that are the same on every cluster know no moves', async () => {
  const played = await Played.begin(['a', 'b'], { replicas: 4, placement: {} });
  played.join('c');
  played.want({ replicas: 2 });
  await played.pass(15);
  const { a, b } = replicasNow(played.stage);
  assert.deepEqual({ a, b }, { a: 2, b: 2 });
  assert.ok(readyTotal(played.stage).length > 0);
  keepsPromises(played.stage);
});
