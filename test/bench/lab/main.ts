import { join } from 'node:path';
import { formatTable } from '../../../cli/output/table.ts';
import { findCondition, type KubeObject } from '../../../functions/kube/object.ts';
import { keyOf, type ObjectKey } from '../../lab/api.ts';
import { namespace } from '../../lab/crossplane.ts';
import { crowdedMember, editedDeployments, manyClusters, sixManifests } from '../../lab/e2e/many-clusters.ts';
import { app, createScenario, type Scenario } from '../../lab/e2e/scenario.ts';
import { type Lab, startLab } from '../../lab/lab.ts';
import { claimFreeLab } from '../../lab/layout.ts';
import { removeLab, stopProcesses } from '../../lab/stop-lab.ts';
import { waitUntil } from '../../lab/wait-until.ts';
import { cpuSeconds } from './cpu-seconds.ts';
import { plainApp, servePlainShape } from './plain-shape.ts';

const sizes = process.argv.length > 2 ? process.argv.slice(2).map(Number) : [10, 50, 100];
const deploymentsEach = 3;
/** How long a size may take before the bench gives up on it. */
const patienceSeconds = 900;

const started = Date.now();
const report = (line: string) => console.error(`${Math.round((Date.now() - started) / 1000)} s  ${line}`);

const layout = await claimFreeLab();
process.once('SIGINT', () => void stopProcesses(layout).then(() => process.exit(130)));
try {
  const lab = await startLab(layout, report);
  const server = await servePlainShape(lab.hub, join(layout.folder, 'tls', 'function'));
  const rows = [['SHAPE', 'CLUSTERS', 'CREATE S', 'READY S', 'CHANGE S', 'API SERVER CPU S']];
  for (const clusters of sizes) {
    for (const shape of ['slices', 'one composite'] as const) {
      report(`${shape}, ${clusters} clusters with 6 manifests each`);
      rows.push([shape, String(clusters), ...(await measure(lab, shape, clusters))]);
    }
  }
  console.log(
    `\nDefault flags of core; seconds until every Deployment is in its cluster, and until the composite is Ready.\n`,
  );
  console.log(formatTable(rows));
  await server.stop(0);
} finally {
  await stopProcesses(layout);
  removeLab(layout);
}

/** Creates, changes and deletes six manifests on many clusters, and returns the row of what that took. */
async function measure(lab: Lab, shape: 'slices' | 'one composite', count: number): Promise<readonly string[]> {
  const name = `${shape === 'slices' ? 'slices' : 'plain'}${count}`;
  const scenario = await createScenario(lab, name, { clusters: manyClusters(name, count) });
  const make = (edit: number) =>
    shape === 'slices' ? app(scenario, 'shop', sixManifests(edit)) : plainOf(scenario, edit);
  await prepareNamespaces(scenario);
  const cpuBefore = cpuSeconds(layout.folder, 'hub-api');
  const begun = Date.now();
  const object = await lab.hub.apply(make(0));
  await everywhere(scenario, 0);
  const created = secondsSince(begun);
  await isReady(lab, keyOf(object));
  const ready = secondsSince(begun);
  const edited = Date.now();
  await lab.hub.apply(make(1));
  await everywhere(scenario, 1);
  const changed = secondsSince(edited);
  const cpu = cpuSeconds(layout.folder, 'hub-api') - cpuBefore;
  await lab.hub.delete(keyOf(object));
  await waitUntil(
    'the members to be empty',
    async () => ((await editedDeployments(scenario, 1)).length === 0 ? true : undefined),
    { seconds: patienceSeconds },
  );
  return [created, ready, changed, cpu].map((value) => value.toFixed(1));
}

/** Namespaces are not part of what is compared: every cluster has the tenant's before the clock starts. */
async function prepareNamespaces(scenario: Scenario): Promise<void> {
  const { clusters, memberNamespace, member, lab } = scenario;
  for (const { name } of clusters) await member(name).apply(namespace(memberNamespace));
  const key = {
    apiVersion: 'crossply.dev/v1alpha1',
    kind: 'ComputeNamespace',
    namespace: scenario.tenant,
    name: 'apps',
  };
  await isReady(lab, key);
}

async function everywhere(scenario: Scenario, edit: number): Promise<void> {
  const expected = scenario.clusters.length * deploymentsEach;
  const all = async () => ((await editedDeployments(scenario, edit)).length === expected ? true : undefined);
  await waitUntil(`${expected} Deployments on ${crowdedMember}`, all, { seconds: patienceSeconds, everyMs: 1000 });
}

async function isReady({ hub }: Lab, key: ObjectKey): Promise<void> {
  const ready = async () => (findCondition(await hub.get(key), 'Ready')?.status === 'True' ? true : undefined);
  await waitUntil(`${key.kind} ${key.name} to be Ready`, ready, { seconds: patienceSeconds, everyMs: 500 });
}

/** The same six manifests that the App renders to. */
function plainOf({ tenant, memberNamespace, clusters }: Scenario, edit: number): KubeObject {
  const { components } = sixManifests(edit) as { components: readonly { name: string; image: string }[] };
  const manifests = components.flatMap(({ name, image }): readonly KubeObject[] => {
    const labels = { app: name };
    const port = { name: 'http', containerPort: 8080 };
    const template = { metadata: { labels }, spec: { containers: [{ name, image, ports: [port] }] } };
    return [
      {
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        metadata: { name },
        spec: { replicas: 1, selector: { matchLabels: labels }, template },
      },
      {
        apiVersion: 'v1',
        kind: 'Service',
        metadata: { name },
        spec: { selector: labels, ports: [{ name: 'http', port: 8080 }] },
      },
    ];
  });
  return plainApp(tenant, { clusters: clusters.map(({ name }) => name), namespace: memberNamespace, manifests });
}

function secondsSince(begun: number): number {
  return (Date.now() - begun) / 1000;
}
