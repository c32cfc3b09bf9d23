import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { parseAllDocuments } from 'yaml';
import { identityOf } from '../../../../functions/kube/identity.ts';
import { isJsonList, isJsonObject, type Json } from '../../../../functions/kube/json.ts';
import { findCondition, type KubeObject } from '../../../../functions/kube/object.ts';
import { apiOf, keyOf } from '../../api.ts';
import { applyExample, boutiqueHomes, clusterKubeconfigPath } from '../../examples.ts';
import { kubectl } from '../../kubectl.ts';
import { waitUntil } from '../../wait-until.ts';
import { followReadiness, type Readiness } from '../follow-readiness.ts';
import { isRolledOut } from '../follow-waves.ts';
import { healthyComposite } from '../rollout.ts';
import { runningLab } from '../running-lab.ts';
import { crossplyKey } from '../scenario.ts';
import { tableRows } from '../table-rows.ts';

const lab = runningLab();
const stages = { 'boutique-prod': 3, 'boutique-staging': 2 } as const;
let readiness: Readiness;

before(async () => {
  await applyExample(lab, 'online-boutique', boutiqueHomes);
  readiness = await followReadiness(lab, Object.keys(stages));
  for (const [stage, clusters] of Object.entries(stages)) {
    await healthyComposite(lab.hub, crossplyKey('App', stage, 'boutique'), clusters, 400);
  }
});

test('every cluster has each object of the plan, with the values that are its own', async () => {
  for (const [cluster, planned] of plannedObjects()) {
    const member = apiOf(clusterKubeconfigPath(lab.layout, cluster));
    for (const object of planned) {
      const found = await member.find(keyOf(object));
      assert.ok(found, `${cluster} has no ${identityOf(object)}`);
      assert.deepEqual(missing(object, found), [], `${cluster}: ${identityOf(object)} is not as planned`);
    }
  }
});

test('every workload is available on every cluster, and no cluster has others', async () => {
  for (const [cluster, planned] of plannedObjects()) {
    const member = apiOf(clusterKubeconfigPath(lab.layout, cluster));
    const workloads = planned.filter(({ kind }) => kind === 'Deployment');
    const [namespace = ''] = workloads.map(({ metadata }) => metadata.namespace);
    const there = await member.list('apps/v1', 'Deployment', { namespace });
    const namesOf = (objects: readonly KubeObject[]) => objects.map(({ metadata }) => metadata.name).sort();
    assert.deepEqual(namesOf(there), namesOf(workloads), cluster);
    assert.deepEqual(
      namesOf(there.filter((deployment) => !isRolledOut(deployment))),
      [],
      `not available on ${cluster}`,
    );
  }
});

test('the composites are Ready, and kubectl shows at a glance where they stand', async () => {
  for (const kind of ['App', 'ComputeNamespace', 'Tier', 'ClusterSet', 'Platform']) {
    for (const composite of await ofBoutique(kind)) {
      const ready = () =>
        lab.hub.get(keyOf(composite)).then((now) => findCondition(now, 'Ready')?.status === 'True' || undefined);
      await waitUntil(`${kind} ${composite.metadata.name} to be Ready`, ready, { seconds: 180 });
    }
  }
  const shown = async (kind: string, columns: readonly string[]) => {
    const rows = await shownOfBoutique(kind);
    return rows.map((row) => columns.map((column) => row[column] ?? '').join(' '));
  };
  assert.deepEqual(await shown('app', ['NAMESPACE', 'NAME', 'DESIRED', 'UPDATED', 'HEALTHY', 'PHASE', 'READY']), [
    'boutique-prod boutique 3 3 3 Healthy True',
    'boutique-staging boutique 2 2 2 Healthy True',
  ]);
  const ofNamespace = ['NAMESPACE', 'NAME', 'TIER', 'CLUSTERS', 'HEALTHY', 'PHASE', 'READY'];
  assert.deepEqual(await shown('computenamespace', ofNamespace), [
    'boutique-prod shop prod 3 3 Healthy True',
    'boutique-staging shop staging 2 2 Healthy True',
  ]);
  assert.deepEqual(await shown('tier', ['NAME', 'PLATFORM', 'CLUSTERS', 'HEALTHY', 'PHASE', 'READY']), [
    'prod web 3 3 Healthy True',
    'staging web 2 2 Healthy True',
  ]);
  assert.deepEqual(await shown('clusterset', ['NAME', 'TIER', 'MEMBERS', 'HEALTHY', 'READY']), [
    'prod-world prod 3 3 True',
    'staging-world staging 2 2 True',
  ]);
});

test('an App that was Ready stays Ready, however late caches show what was written', async () => {
  await delay(10_000);
  assert.deepEqual(readiness.stop(), []);
});

/** What the plan of the example gives each cluster; the tests of the examples keep it up to date. */
function plannedObjects(): ReadonlyMap<string, readonly KubeObject[]> {
  const golden = join(import.meta.dirname, '..', '..', '..', 'examples', 'golden', 'online-boutique.manifests.yaml');
  const documents = parseAllDocuments(readFileSync(golden, 'utf8')).map((document) => ({
    cluster: /cluster: (\S+)/.exec(document.commentBefore ?? document.contents?.commentBefore ?? '')?.[1] ?? '',
    object: document.toJS() as KubeObject,
  }));
  const byCluster = Map.groupBy(documents, ({ cluster }) => cluster);
  assert.deepEqual([...byCluster.keys()].sort(), Object.keys(boutiqueHomes).sort());
  return new Map([...byCluster].map(([cluster, some]) => [cluster, some.map(({ object }) => object)]));
}

/** Returns the paths at which an object lacks something that was planned, or has something else there. */
function missing(planned: Json | undefined, found: Json | undefined, path = ''): readonly string[] {
  if (isJsonObject(planned) && isJsonObject(found)) {
    return Object.entries(planned).flatMap(([key, value]) => missing(value, found[key], `${path}.${key}`));
  }
  if (isJsonList(planned) && isJsonList(found) && planned.length === found.length) {
    return planned.flatMap((item, index) => missing(item, found[index], `${path}[${index}]`));
  }
  return planned === found ? [] : [`${path} is ${JSON.stringify(found)}, planned is ${JSON.stringify(planned)}`];
}

async function ofBoutique(kind: string): Promise<readonly KubeObject[]> {
  const all = await lab.hub.list('crossply.dev/v1alpha1', kind);
  return all.filter(({ metadata: { namespace = '' } }) => [...Object.keys(stages), 'platform'].includes(namespace));
}

/** Returns the rows that kubectl prints for the example's objects of a kind. */
async function shownOfBoutique(kind: string) {
  const rows = tableRows(await kubectl(lab, 'get', kind, '--all-namespaces'));
  return rows.filter(({ NAMESPACE = '' }) => [...Object.keys(stages), 'platform'].includes(NAMESPACE));
}
