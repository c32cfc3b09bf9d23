import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { before, test } from 'node:test';
import { promisify } from 'node:util';
import type { KubeObject } from '../../../../functions/kube/object.ts';
import { kubeconfigPath } from '../../control-plane.ts';
import { buildProgram } from '../../programs.ts';
import { setSuspended } from '../../virtual-clusters/set-suspended.ts';
import { virtualAccess } from '../../virtual-member.ts';
import { waitUntil } from '../../wait-until.ts';
import { deploymentKey } from '../deployment-of.ts';
import { healthyApp, reported } from '../rollout.ts';
import { runningLab } from '../running-lab.ts';
import {
  app,
  computeNamespaceName,
  createScenario,
  crossplyKey,
  profileKey,
  type Scenario,
  tierName,
} from '../scenario.ts';
import { webComponent } from '../web-component.ts';

/** The cluster that never returns, and one that stays. */
const lost = 'lost-forever';
const staying = 'lost-neighbour';

let scenario: Scenario;

before(async () => {
  scenario = await createScenario(runningLab(), 'lost', {
    clusters: [
      { name: lost, member: 'member-1', isVirtual: true },
      { name: staying, member: 'member-2', isVirtual: true },
    ],
    clusterSet: { removalGracePeriodSeconds: 1 },
  });
  await scenario.lab.hub.apply(app(scenario, 'shop', { components: [webComponent(0)] }));
  await healthyApp(scenario, 'shop', 2);
});

test('a cluster that was taken out of the fleet while it cannot be reached is leaving, with the number of its objects', async () => {
  const { hub, layout } = scenario.lab;
  const objects = new Map<string, number>();
  for (const owner of owners()) objects.set(owner.kind, (await objectsOf(owner)).length);
  assert.equal(objects.get('App'), 2);
  await setSuspended(virtualAccess(layout, 'member-1', lost), true);
  await hub.delete(profileKey(scenario, lost));
  for (const { kind, namespace, name } of owners()) {
    const message = `leaving: ${objects.get(kind)} objects are not gone yet`;
    await reported(hub, crossplyKey(kind, namespace, name), { cluster: lost, phase: 'Leaving', message });
  }
  // Core deletes one after the other, and the command below passes over what is not being deleted yet.
  await waitUntil('all its Objects to be on their way out', async () =>
    (await objectsOf()).every(({ metadata }) => metadata.deletionTimestamp !== undefined) ? true : undefined,
  );
});

test('the documented command releases it, and nothing of it is left on the hub', async () => {
  const { hub, layout, members } = scenario.lab;
  const kubectl = await buildProgram('kubectl');
  const environment = {
    ...process.env,
    PATH: `${dirname(kubectl)}:${process.env['PATH']}`,
    KUBECONFIG: kubeconfigPath(layout, 'hub'),
    USER: 'admin',
    CLUSTER: lost,
  };
  await promisify(execFile)('bash', ['-euo', 'pipefail', '-c', documentedCommand()], { env: environment });
  await healthyApp(scenario, 'shop', 1);
  await waitUntil('the last Object to go', async () => {
    const left = (await objectsOf()).map(({ metadata }) => metadata.name);
    if (left.length === 0) return true;
    throw new Error(left.join(', '));
  });
  const provider = { apiVersion: 'kubernetes.m.crossplane.io/v1alpha1', kind: 'ClusterProviderConfig', name: lost };
  await hub.delete(provider);
  await hub.delete({ apiVersion: 'v1', kind: 'Secret', namespace: scenario.platform, name: `kubeconfig-${lost}` });
  await waitUntil(
    `the hub to have forgotten ${lost}`,
    async () => {
      const about = (await hub.everything()).filter((object) => JSON.stringify(object).includes(lost));
      if (about.length === 0) return true;
      throw new Error(about.map(({ kind, metadata }) => `${kind} ${metadata.namespace}/${metadata.name}`).join(', '));
    },
    { seconds: 120, everyMs: 2000 },
  );
  // Asked of the member itself: the virtual cluster does not answer.
  const key = deploymentKey({ memberNamespace: `${scenario.memberNamespace}--${lost}` }, 'web');
  assert.equal((await members['member-1'].get(key)).metadata.deletionTimestamp, undefined);
});

/** What runs in the clusters of the scenario. */
function owners() {
  const { tenant, platform } = scenario;
  return [
    { kind: 'App', namespace: tenant, name: 'shop' },
    { kind: 'ComputeNamespace', namespace: tenant, name: computeNamespaceName },
    { kind: 'Tier', namespace: platform, name: tierName },
  ];
}

/** Returns the Objects of the lost cluster that the hub has, those of one owner or all. */
async function objectsOf(owner?: { readonly kind: string; readonly name: string }): Promise<readonly KubeObject[]> {
  const labels = [`crossply.dev/cluster=${lost}`];
  if (owner !== undefined) labels.push(`crossply.dev/xr-kind=${owner.kind}`, `crossply.dev/xr=${owner.name}`);
  return scenario.lab.hub.list('kubernetes.m.crossplane.io/v1alpha1', 'Object', { labels: labels.join(',') });
}

/** The first command of the section in docs/operations.md. */
function documentedCommand(): string {
  const page = readFileSync(join(import.meta.dirname, '..', '..', '..', '..', 'docs', 'operations.md'), 'utf8');
  const [, section = ''] = page.split('## A member that never returns\n');
  const command = /```sh\n([\s\S]*?)```/.exec(section)?.[1];
  if (command === undefined) throw new Error('docs/operations.md does not say how to release a member');
  return command;
}
