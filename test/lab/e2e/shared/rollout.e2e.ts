import assert from 'node:assert/strict';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { before, test } from 'node:test';
import type { RolloutProgress } from '../../../../functions/generated/types.ts';
import { isJsonObject, type JsonObject } from '../../../../functions/kube/json.ts';
import type { KubeObject } from '../../../../functions/kube/object.ts';
import type { ObjectKey } from '../../api.ts';
import { kubectl } from '../../kubectl.ts';
import { waitUntil } from '../../wait-until.ts';
import { deploymentKey, deploymentOf, imageOf } from '../deployment-of.ts';
import { staysOld } from '../follow-waves.ts';
import { healthyApp, rolledOut, rolloutState } from '../rollout.ts';
import { runningLab } from '../running-lab.ts';
import { app, createScenario, crossplyKey, type Scenario } from '../scenario.ts';
import { imageOfEdit, webComponent } from '../web-component.ts';

const canary = 'rollout-1';
const others = ['rollout-2', 'rollout-3'];
const first = { name: 'canary', clusterSelector: { matchLabels: { stage: 'canary' } } };

let scenario: Scenario;
let me: string;

before(async () => {
  scenario = await createScenario(runningLab(), 'rollout', {
    clusters: [
      { name: canary, member: 'member-1', labels: { stage: 'canary' } },
      { name: 'rollout-2', member: 'member-2' },
      { name: 'rollout-3', member: 'member-3' },
    ],
  });
  const review = JSON.parse(await kubectl(scenario.lab, 'auth', 'whoami', '-o', 'json'));
  me = review.status.userInfo.username;
});

test('what never becomes ready stops at the first wave and is rolled back by itself; the other clusters never see it', async () => {
  const rollout = { waves: [first, { name: 'rest' }], deadline: '30s', onFailure: 'Rollback' };
  await scenario.lab.hub.apply(shop('bad', 0, { rollout }));
  await healthyApp(scenario, 'bad', 3, 300);
  const good = rolloutState(await getApp('bad')).revision;
  const untouched = await Promise.all(others.map((cluster) => deploymentOf(scenario, cluster, 'bad')));
  // No node has that much, so its new pod stays Pending.
  const hungry = { ...webComponent(1, 'bad'), resources: { requests: { cpu: '900' } } };
  await scenario.lab.hub.apply(shop('bad', 1, { rollout, components: [hungry] }));
  await waitUntil('the canary to get the bad image', async () =>
    imageOf(await deploymentOf(scenario, canary, 'bad')) === imageOfEdit(1, 'bad') ? true : undefined,
  );
  const rolledBack = await inPhase('bad', 'RolledBack');
  assert.equal(imageOf(await deploymentOf(scenario, canary, 'bad')), imageOfEdit(0, 'bad'));
  const { revision } = rolloutState(rolledBack);
  const { rejected = [], history = [], message } = progressOf(rolledBack);
  assert.equal(revision, good);
  assert.match(message ?? '', /was rolled back to .*1 of wave canary failed/);
  assert.equal(rejected.length, 1);
  assert.deepEqual(
    history.map(({ outcome }) => outcome),
    ['Completed', 'RolledBack', 'Completed'],
  );
  const now = await Promise.all(others.map((cluster) => deploymentOf(scenario, cluster, 'bad')));
  assert.deepEqual(
    now.map(({ metadata: { uid, generation } }) => [uid, generation]),
    untouched.map(({ metadata: { uid, generation } }) => [uid, generation]),
  );
  await rolledOut(scenario, shop('bad', 2, { rollout }), 3, 300);
});

test('a cord that is pulled in the middle of a rollout stops it at once; what runs is healed, and it goes on when released', async () => {
  const rollout = { waves: [{ ...first, soak: '20s' }, { name: 'rest' }] };
  await scenario.lab.hub.apply(shop('corded', 0, { rollout }));
  await healthyApp(scenario, 'corded', 3, 300);
  await scenario.lab.hub.apply(shop('corded', 1, { rollout }));
  await waitUntil('the canary to change', async () =>
    imageOf(await deploymentOf(scenario, canary, 'corded')) === imageOfEdit(1, 'corded') ? true : undefined,
  );
  const cord: KubeObject = {
    ...{ apiVersion: 'crossply.dev/v1alpha1', kind: 'AndonCord', metadata: { name: 'rollout-outage' } },
    spec: { reason: 'checkout is down', tiers: [{ namespace: scenario.platform, name: 'prod' }] },
  };
  const cordKey: ObjectKey = { apiVersion: cord.apiVersion, kind: cord.kind, name: 'rollout-outage' };
  await scenario.lab.hub.apply(cord);
  try {
    const paused = await inPhase('corded', 'Paused');
    assert.deepEqual(progressOf(paused).brakes, ['AndonCord rollout-outage: checkout is down']);
    const service = { ...deploymentKey(scenario, 'corded'), apiVersion: 'v1', kind: 'Service' };
    await scenario.member(canary).delete(service);
    await waitUntil('the Service to come back', () => scenario.member(canary).find(service), { seconds: 120 });
    const isOld = (image: string | undefined) => (image === imageOfEdit(0, 'corded') ? 'old' : 'changing');
    await staysOld(
      scenario,
      others,
      async (member) => isOld(imageOf(await member.get(deploymentKey(scenario, 'corded')))),
      25,
    );
  } finally {
    await scenario.lab.hub.delete(cordKey);
  }
  await healthyApp(scenario, 'corded', 3, 300);
  assert.equal(imageOf(await deploymentOf(scenario, 'rollout-3', 'corded')), imageOfEdit(1, 'corded'));
});

test('a wave waits for the approval of somebody else: that of who made the change is refused, that of another person opens it', async () => {
  const rollout = { waves: [first, { name: 'rest', approval: {} }] };
  await scenario.lab.hub.apply(shop('approved', 0, { rollout }));
  const revision = await waitUntil('the wave to wait', async () => {
    const shopNow = await getApp('approved');
    const rest = progressOf(shopNow).waves.find(({ name }) => name === 'rest');
    return rest?.message?.startsWith('waits for 1 of 1 approvals') ? rolloutState(shopNow).revision : undefined;
  });
  assert.ok(revision);
  const approval = { for: { kind: 'App', name: 'approved' }, wave: 'rest', revision };
  await assert.rejects(
    approve('mine', { ...approval, approver: me }, me),
    /made the last change to App approved: somebody else has to approve of it/,
  );
  await assert.rejects(
    approve('forged', { ...approval, approver: 'bob' }, 'mallory'),
    /everybody approves under their own name/,
  );
  await approve('other-revision', { ...approval, revision: '0123456789', approver: 'bob' }, 'bob');
  const deployments = () =>
    Promise.all(others.map((each) => scenario.member(each).find(deploymentKey(scenario, 'approved'))));
  assert.deepEqual(await deployments(), [undefined, undefined]);
  await approve('bobs', { ...approval, approver: 'bob' }, 'bob');
  const done = await healthyApp(scenario, 'approved', 3, 300);
  assert.deepEqual(progressOf(done).waves.find(({ name }) => name === 'rest')?.approvedBy, ['bob']);
  await waitUntil('the Approval to be used', async () => {
    const { status } = await scenario.lab.hub.get(crossplyKey('Approval', scenario.tenant, 'bobs'));
    return isJsonObject(status) && status['state'] === 'Used' ? true : undefined;
  });
});

/** Returns an App with one component of its own name; whoever applies it is on record as its last editor. */
function shop(name: string, edit: number, spec: JsonObject): KubeObject {
  const { metadata, ...rest } = app(scenario, name, { components: [webComponent(edit, name)], ...spec });
  return { ...rest, metadata: { ...metadata, annotations: { 'crossply.dev/last-editor': me } } };
}

function getApp(name: string): Promise<KubeObject> {
  return scenario.lab.hub.get(crossplyKey('App', scenario.tenant, name));
}

function progressOf({ status }: KubeObject): RolloutProgress {
  const progress = isJsonObject(status) ? status['rollout'] : undefined;
  return isJsonObject(progress) ? (progress as unknown as RolloutProgress) : { waves: [] };
}

function inPhase(name: string, phase: string): Promise<KubeObject> {
  return waitUntil(
    `App ${name} to be ${phase}`,
    async () => {
      const shopNow = await getApp(name);
      if (rolloutState(shopNow).phase === phase) return shopNow;
      throw new Error(JSON.stringify(shopNow.status?.['rollout' as never] ?? {}));
    },
    { seconds: 240, everyMs: 500 },
  );
}

/** Creates an Approval as somebody; fails with what the API server says when it refuses. */
async function approve(name: string, spec: JsonObject, user: string): Promise<void> {
  const approval = {
    apiVersion: 'crossply.dev/v1alpha1',
    kind: 'Approval',
    metadata: { name, namespace: scenario.tenant },
    spec,
  };
  const file = join(mkdtempSync(join(tmpdir(), 'crossply-approval-')), 'approval.json');
  writeFileSync(file, JSON.stringify(approval));
  await kubectl(scenario.lab, 'create', '-f', file, `--as=${user}`, '--as-group=system:masters');
}
