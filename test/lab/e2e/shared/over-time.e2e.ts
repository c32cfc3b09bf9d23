import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import type { JsonObject } from '../../../../functions/kube/json.ts';
import type { KubeObject } from '../../../../functions/kube/object.ts';
import type { Api, ObjectKey } from '../../api.ts';
import { kubectl } from '../../kubectl.ts';
import { setSuspended } from '../../virtual-clusters/set-suspended.ts';
import { virtualAccess } from '../../virtual-member.ts';
import { waitUntil } from '../../wait-until.ts';
import { createApproval } from '../create-approval.ts';
import { deploymentKey, imageOf } from '../deployment-of.ts';
import { staysOld } from '../follow-waves.ts';
import { healthyApp, rolledOut, rolloutState } from '../rollout.ts';
import { editedApp, progressOf } from '../rollout-scenario.ts';
import { runningLab } from '../running-lab.ts';
import { app, createScenario, crossplyKey, profileKey, type Scenario } from '../scenario.ts';
import { imageOfEdit, webComponent } from '../web-component.ts';

/** What has to hold from the first look at a rollout to the last, on real API servers with real waits. */
const clusters = ['overtime-1', 'overtime-2', 'overtime-3', 'overtime-4'].map((name, index) => ({
  ...{ name, member: index < 2 ? ('member-1' as const) : ('member-2' as const), isVirtual: true },
  labels: { stage: index === 0 ? 'canary' : 'live', number: String(index + 1) },
}));

let scenario: Scenario;
let me: string;
before(async () => {
  scenario = await createScenario(runningLab(), 'overtime', { clusters });
  me = JSON.parse(await kubectl(scenario.lab, 'auth', 'whoami', '-o', 'json')).status.userInfo.username;
});

test('every wave that draws its clusters soaks before the next one begins', async () => {
  const waves = [
    { name: 'one', count: 1, soak: '20s' },
    { name: 'two', count: 1, soak: '20s' },
    { name: 'rest', maxConcurrent: '100%' },
  ];
  const components = [webComponent(0, 'drawn')];
  await scenario.lab.hub.apply(app(scenario, 'drawn', { components, rollout: { maxConcurrent: '100%' } }));
  await healthyApp(scenario, 'drawn', 4, 300);
  await scenario.lab.hub.apply(app(scenario, 'drawn', { components: [webComponent(1, 'drawn')], rollout: { waves } }));
  const begun = new Map<string, number>();
  await waitUntil(
    'all clusters to begin',
    async () => {
      for (const { name } of clusters) {
        const image = imageOf(await scenario.member(name).get(deploymentKey(scenario, 'drawn')));
        if (image === imageOfEdit(1, 'drawn') && !begun.has(name)) begun.set(name, Date.now());
      }
      return begun.size === clusters.length ? true : undefined;
    },
    { seconds: 300, everyMs: 200 },
  );
  const [first = 0, second = 0, third = 0] = [...begun.values()].sort((a, b) => a - b);
  assert.ok(second - first >= 20_000, `wave two began ${second - first} ms after wave one`);
  assert.ok(third - second >= 20_000, `the rest began ${third - second} ms after wave two`);
});

test('an approval opens the wave that was seen: one that is widened afterwards asks again', async () => {
  const { hub } = scenario.lab;
  const numbered = (...values: readonly string[]): JsonObject => ({
    matchExpressions: [{ key: 'number', operator: 'In', values }],
  });
  const rollout = (...values: readonly string[]): JsonObject => ({
    waves: [
      { name: 'canary', clusterSelector: { matchLabels: { stage: 'canary' } }, soak: '30s' },
      { name: 'prod', clusterSelector: numbered(...values), maxConcurrent: '100%', approval: { quorum: 1 } },
      { name: 'rest', approval: {} },
    ],
  });
  const edited = (edit: number, ...values: readonly string[]) =>
    editedApp({ scenario, canary: '', others: [], me }, 'widened', edit, { rollout: rollout(...values) });
  const apply = async (object: KubeObject) => hub.apply(object);
  await apply(edited(0, '2'));
  const revision = await waitUntil('the canary to soak', async () => {
    const now = await hub.get(crossplyKey('App', scenario.tenant, 'widened'));
    const canary = progressOf(now).waves.find(({ name }) => name === 'canary');
    return canary?.state === 'Soaking' ? rolloutState(now).revision : undefined;
  });
  assert.ok(revision);
  const approval = { for: { kind: 'App', name: 'widened' }, wave: 'prod', revision };
  await createApproval(scenario, 'seen', { ...approval, approver: 'bob' }, 'bob');
  await apply(edited(0, '2', '3'));
  const asked = await waitUntil(
    'the wave to ask again',
    async () => {
      const now = await hub.get(crossplyKey('App', scenario.tenant, 'widened'));
      const prod = progressOf(now).waves.find(({ name }) => name === 'prod');
      if (prod?.message?.includes('again since overtime-3 came to it') === true) return prod;
      throw new Error(JSON.stringify(progressOf(now).waves));
    },
    { seconds: 120 },
  );
  assert.deepEqual(asked.approvals?.clusters, ['overtime-2', 'overtime-3']);
  const isThere = async (member: Api) =>
    (await member.find(deploymentKey(scenario, 'widened'))) === undefined ? 'old' : 'changing';
  const live = { ...scenario, clusters: clusters.slice(1) };
  await staysOld(live, ['overtime-2', 'overtime-3', 'overtime-4'], isThere, 15);
  await createApproval(scenario, 'seen-again', { ...approval, approver: 'bob' }, 'bob');
  for (const cluster of ['overtime-2', 'overtime-3']) {
    await waitUntil(`${cluster} to get it`, () => scenario.member(cluster).find(deploymentKey(scenario, 'widened')));
  }
  assert.equal(await scenario.member('overtime-4').find(deploymentKey(scenario, 'widened')), undefined);
});

describe('custom resources', () => {
  const certificate: ObjectKey = {
    ...{ apiVersion: 'cert-manager.io/v1', kind: 'Certificate', name: 'late' },
    namespace: 'overtime-apps',
  };

  test('a custom resource whose controller is late holds its wave until the status says that it is well', async () => {
    for (const { name } of clusters) await scenario.member(name).apply(certificateDefinition);
    const waves = [{ name: 'canary', clusterSelector: { matchLabels: { stage: 'canary' } } }, { name: 'rest' }];
    const spec = { secretName: 'late', dnsNames: ['late.example.com'], issuerRef: { name: 'ca' } };
    const manifests = [{ apiVersion: certificate.apiVersion, kind: 'Certificate', metadata: { name: 'late' }, spec }];
    await scenario.lab.hub.apply(app(scenario, 'late', { manifests, rollout: { waves, maxConcurrent: '100%' } }));
    const canary = scenario.member('overtime-1');
    const issued = await waitUntil('the canary to have the Certificate', () => canary.find(certificate), {
      seconds: 120,
    });
    const isThere = async (member: Api) => ((await member.find(certificate)) === undefined ? 'old' : 'changing');
    await staysOld(scenario, ['overtime-2', 'overtime-3', 'overtime-4'], isThere, 20);
    // Somebody has changed it since its controller looked, which takes its time.
    const first = issued.metadata.generation ?? 1;
    await canary.patch(certificate, { spec: { revisionHistoryLimit: 1 } });
    await canary.patch(certificate, readiness('True', first), 'status');
    await staysOld(scenario, ['overtime-2', 'overtime-3', 'overtime-4'], isThere, 15);
    await canary.patch(certificate, readiness('False', first + 1), 'status');
    await staysOld(scenario, ['overtime-2', 'overtime-3', 'overtime-4'], isThere, 15);
    await canary.patch(certificate, readiness('True', first + 1), 'status');
    for (const cluster of ['overtime-2', 'overtime-3', 'overtime-4']) {
      await waitUntil(`${cluster} to get it`, () => scenario.member(cluster).find(certificate), { seconds: 120 });
    }
  });
});

test('a cluster that the inventory calls unhealthy is not counted healthy within a minute, although nobody looked at its objects', async () => {
  const { hub, layout } = scenario.lab;
  const lost = 'overtime-4';
  const spec = { components: [webComponent(0, 'seen')], rollout: { maxConcurrent: '100%' } };
  await rolledOut(scenario, app(scenario, 'seen', spec), 4, 300);
  await setSuspended(virtualAccess(layout, 'member-2', lost), true);
  await hub.patch(profileKey(scenario, lost), { status: { conditions: [unhealthy] } }, 'status');
  try {
    const told = await waitUntil(
      'the App to say so',
      async () => {
        const now = rolloutState(await hub.get(crossplyKey('App', scenario.tenant, 'seen')));
        return now.clusters?.healthy === 3 ? now : undefined;
      },
      { seconds: 60, everyMs: 500 },
    );
    assert.notEqual(told.phase, 'Healthy');
    const row = told.assignments?.find(({ cluster }) => cluster === lost);
    assert.match(row?.message ?? '', /inventory .*unhealthy since 20/);
  } finally {
    await setSuspended(virtualAccess(layout, 'member-2', lost), false);
    const well = { ...unhealthy, status: 'True', reason: 'Healthy' };
    await hub.patch(profileKey(scenario, lost), { status: { conditions: [well] } }, 'status');
  }
  await healthyApp(scenario, 'seen', 4, 300);
});

const unhealthy = {
  ...{ type: 'ControlPlaneHealthy', status: 'False', reason: 'Unreachable', message: 'no answer' },
  lastTransitionTime: '2026-01-02T00:00:00Z',
};

function readiness(status: 'True' | 'False', observedGeneration: number): JsonObject {
  const condition = { type: 'Ready', status, reason: 'Test', message: 'the issuer is asked', observedGeneration };
  return { status: { conditions: [{ ...condition, lastTransitionTime: '2026-01-02T00:00:00Z' }] } };
}

/** A definition as bare as an API server takes it. */
const certificateDefinition: KubeObject = {
  ...{ apiVersion: 'apiextensions.k8s.io/v1', kind: 'CustomResourceDefinition' },
  metadata: { name: 'certificates.cert-manager.io' },
  spec: {
    ...{ group: 'cert-manager.io', scope: 'Namespaced' },
    names: { kind: 'Certificate', plural: 'certificates', singular: 'certificate', listKind: 'CertificateList' },
    versions: [
      {
        ...{ name: 'v1', served: true, storage: true, subresources: { status: {} } },
        schema: { openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } },
      },
    ],
  },
};
