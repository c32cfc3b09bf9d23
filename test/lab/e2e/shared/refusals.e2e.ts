import assert from 'node:assert/strict';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { isJsonObject, type Json, type JsonObject } from '../../../../functions/kube/json.ts';
import { conditionsOf, type KubeObject } from '../../../../functions/kube/object.ts';
import { type Case, readCases } from '../../../bad-input/cases.ts';
import { ApiError, type ObjectKey } from '../../api.ts';
import { kubectl } from '../../kubectl.ts';
import { readObjects } from '../../read-objects.ts';
import { waitUntil } from '../../wait-until.ts';
import { LastLook } from '../last-look.ts';
import { healthyApp, healthyComposite } from '../rollout.ts';
import { runningLab } from '../running-lab.ts';
import { app, computeNamespaceName, createScenario, crossplyKey, type Scenario } from '../scenario.ts';
import { everywhere, inNamespace } from '../scenario-objects.ts';

/** As in the world of the table: two clusters in eu, one in us. */
const clusters = [
  { name: 'refusals-1', member: 'member-1', labels: { region: 'eu', size: 'large' } },
  { name: 'refusals-2', member: 'member-2', labels: { region: 'eu', size: 'small' } },
  { name: 'refusals-3', member: 'member-3', labels: { region: 'us' } },
] as const;

/** Some of the mistakes that only the functions can tell, one of each kind. */
const reportedReasons = [
  'CEL that names what is not known is refused, with what is.',
  'A placement that fits no cluster removes nothing.',
  'A quantity that Kubernetes would not take is refused before any cluster refuses it.',
  'A hole that names what is not known is refused, with what is.',
  'A JSON patch on a path that is not there is refused, with what is.',
  'The data of a Secret never passes through the hub.',
  'An image from outside the registries of the Tier is refused.',
  'A label that the Tier requires cannot be left out.',
];

const cases = readCases().filter(({ change }) => Object.keys(change).join() === 'App/web');
const refused = cases.filter(({ reported, refusedAtOnce = false }) => refusedAtOnce || reported.in === 'admission');
const reported = cases.filter(({ reason }) => reportedReasons.includes(reason));

let scenario: Scenario;
let key: ObjectKey;
let look: LastLook;
let writes: readonly string[];

before(async () => {
  const tier = { allowedRegistries: ['registry.example.com/shop'], requiredLabels: ['team'] };
  scenario = await createScenario(runningLab(), 'refusals', { clusters, tier });
  key = crossplyKey('App', scenario.tenant, 'web');
  const { spec, metadata } = wellApp();
  const web = app(scenario, 'web', { ...(spec as JsonObject), computeNamespace: computeNamespaceName });
  await scenario.lab.hub.apply({ ...web, metadata: { ...web.metadata, labels: metadata.labels ?? {} } });
  await healthyApp(scenario, 'web', 3, 300);
  const computeNamespace = crossplyKey('ComputeNamespace', scenario.tenant, computeNamespaceName);
  await healthyComposite(scenario.lab.hub, computeNamespace, 3);
  look = await LastLook.at(scenario);
  writes = await writesOnMembers();
});

for (const each of refused) {
  test(`the API server refuses: ${each.reason}`, async () => {
    const { path, message, hint = '' } = each.reported;
    const patch = each.change['App/web'] as unknown as Json;
    const object = `/apis/${key.apiVersion}/namespaces/${key.namespace}/apps/${key.name}`;
    // As strict as kubectl is, which sends this with every apply.
    const call = scenario.lab.hub.call(
      'PATCH',
      `${object}?fieldValidation=Strict`,
      patch,
      'application/json-patch+json',
    );
    const error = await call.then(
      () => undefined,
      (reason: unknown) => reason,
    );
    assert.ok(error instanceof ApiError && [400, 422].includes(error.code), `it was not refused: ${error}`);
    // Rules of the XRD speak in our words, schemas in those of the API server.
    const fragments = each.reported.in === 'admission' ? [path, message, hint] : [path];
    for (const fragment of fragments) assert.ok(error.message.includes(fragment), `"${fragment}" in: ${error.message}`);
  });
}

test('each kind of mistake is still in the table', () => {
  assert.equal(reported.length, reportedReasons.length);
});

for (const each of reported) {
  test(`a condition tells: ${each.reason}`, async () => {
    const { hub } = scenario.lab;
    const well = await hub.get(key);
    await hub.patch(key, each.change['App/web'] as unknown as readonly Json[]);
    try {
      await waitUntil('the mistake to be told', async () => isTold(await hub.get(key), each), { seconds: 120 });
    } finally {
      await hub.patch(key, restore(well, await hub.get(key)));
    }
  });
}

test('all is well once the mistakes are gone, and nothing on the members was touched meanwhile', async () => {
  await waitUntil(
    'every condition to be well',
    async () => {
      const unwell = conditionsOf(await scenario.lab.hub.get(key)).filter(isUnwell);
      assert.deepEqual(unwell, []);
      return true;
    },
    { seconds: 180 },
  );
  await healthyApp(scenario, 'web', 3, 300);
  await look.expect({});
  assert.deepEqual(await writesOnMembers(), writes);
});

test('kubectl cannot delete what is protected, and is told why and what to do', async () => {
  for (const name of ['app/web', `computenamespace/${computeNamespaceName}`]) {
    await assert.rejects(kubectl(scenario.lab, '--namespace', scenario.tenant, 'delete', name), (error: Error) => {
      assert.match(error.message, /runs on member clusters and would be removed from all of them at once/);
      assert.match(error.message, /set spec\.deletionPolicy: Delete first/);
      return true;
    });
  }
  await look.expect({});
  assert.deepEqual(await writesOnMembers(), writes);
});

test('kubectl deletes it once that is allowed', async () => {
  const inTenant = ['--namespace', scenario.tenant];
  await kubectl(
    scenario.lab,
    ...inTenant,
    'patch',
    'app/web',
    '--type=merge',
    '--patch={"spec":{"deletionPolicy":"Delete"}}',
  );
  await waitUntil('kubectl to delete the App', () => kubectl(scenario.lab, ...inTenant, 'delete', 'app/web'), {
    seconds: 180,
  });
  const objects = { ConfigMap: 'settings', CronJob: 'tidy', Deployment: 'web', Service: 'web' };
  const removed = Object.entries(objects).map(([kind, name]) => inNamespace(scenario, kind, name));
  await look.expect(everywhere(scenario, { removed }));
});

/** The App of the table's world. */
function wellApp(): KubeObject {
  const file = join(import.meta.dirname, '..', '..', '..', 'bad-input', 'world.yaml');
  return readObjects(file).find(({ kind }) => kind === 'App') ?? assert.fail('the world of the bad input has no App');
}

function isTold(object: KubeObject, { reported: { in: where, path, message, hint = '' } }: Case): true {
  const { message: text = '', ...condition } = conditionsOf(object).find(({ type }) => type === where) ?? {};
  const lines = text.split('\n');
  const found = lines.some((line) => [path, message, hint].every((fragment) => line.includes(fragment)));
  if (!found) throw new Error(`${where} is ${JSON.stringify(condition)} and says ${text}`);
  return true;
}

/** Whether core listens to every event (Responsive) is another matter. */
function isUnwell({ type, status }: { readonly type: string; readonly status: string }): boolean {
  return ['Valid', 'Placed', 'Rendered', 'RolledOut', 'Synced', 'Ready'].includes(type) && status !== 'True';
}

/** Returns the JSON patch that makes an App what it was, whoever else writes into it. */
function restore(well: KubeObject, now: KubeObject): readonly Json[] {
  const [was, is] = [well.spec as JsonObject, now.spec as JsonObject];
  const fields = new Set([...Object.keys(was), ...Object.keys(is)]);
  fields.delete('crossplane');
  const changed = [...fields].filter((field) => JSON.stringify(was[field]) !== JSON.stringify(is[field]));
  const labels = isJsonObject(well.metadata.labels) ? well.metadata.labels : {};
  return [
    { op: 'add', path: '/metadata/labels', value: labels },
    ...changed.map((field) => {
      const value = was[field];
      const path = `/spec/${field}`;
      return value === undefined ? { op: 'remove', path } : { op: 'add', path, value };
    }),
  ];
}

/** What would show any write to the App's objects, even one that was taken back. */
async function writesOnMembers(): Promise<readonly string[]> {
  const kinds = [
    ['apps/v1', 'Deployment', 'web'],
    ['batch/v1', 'CronJob', 'tidy'],
    ['v1', 'Service', 'web'],
    ['v1', 'ConfigMap', 'settings'],
  ] as const;
  const looks = clusters.flatMap(({ name: cluster }) =>
    kinds.map(async ([apiVersion, kind, name]) => {
      const object = { apiVersion, kind, namespace: scenario.memberNamespace, name };
      const { metadata } = await scenario.member(cluster).get(object);
      // Where a status is written too, only the generation tells.
      return `${cluster} ${kind} ${metadata.uid} ${metadata.generation ?? metadata['resourceVersion']}`;
    }),
  );
  return Promise.all(looks);
}
