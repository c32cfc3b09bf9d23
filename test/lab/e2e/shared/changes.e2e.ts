import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import type { JsonObject } from '../../../../functions/kube/json.ts';
import type { KubeObject } from '../../../../functions/kube/object.ts';
import type { Api } from '../../api.ts';
import { waitUntil } from '../../wait-until.ts';
import { deploymentKey } from '../deployment-of.ts';
import { followWaves, isRolledOut, type Stage, type StageOf, staysOld } from '../follow-waves.ts';
import { LastLook } from '../last-look.ts';
import { healthyApp, healthyComposite } from '../rollout.ts';
import { runningLab } from '../running-lab.ts';
import {
  app,
  computeNamespaceName,
  createScenario,
  crossplyKey,
  labelCluster,
  type Scenario,
  tierName,
} from '../scenario.ts';
import { everywhere, inNamespace } from '../scenario-objects.ts';

const clusters = [
  { name: 'changes-1', member: 'member-1', labels: { size: 'small' } },
  { name: 'changes-2', member: 'member-2', labels: { size: 'small' } },
  { name: 'changes-3', member: 'member-3', labels: { size: 'small' } },
] as const;
const names = clusters.map(({ name }) => name);
const web = {
  name: 'web',
  image: 'example.com/web:1',
  env: [{ name: 'SIZE', value: '${cluster.labels["size"]}' }],
  ports: [{ name: 'http', containerPort: 8080 }],
  service: {},
};
const worker = { name: 'worker', image: 'example.com/worker:1' };

let scenario: Scenario;
let look: LastLook;

before(async () => {
  scenario = await createScenario(runningLab(), 'changes', { clusters });
  const placement = { excludedClusterNames: ['changes-3'] };
  const spec = { components: [web, worker], placement, rollout: { maxConcurrent: 1 } };
  await scenario.lab.hub.apply(app(scenario, 'shop', spec));
  await healthyApp(scenario, 'shop', 2, 300);
  await healthyComposite(scenario.lab.hub, crossplyKey('ComputeNamespace', scenario.tenant, computeNamespaceName), 3);
  look = await LastLook.at(scenario);
});

test('a placement that takes in a cluster adds the App there and touches no other', async () => {
  await patchShop({ placement: null });
  const added = [
    inNamespace(scenario, 'Deployment', 'web'),
    inNamespace(scenario, 'Deployment', 'worker'),
    inNamespace(scenario, 'Service', 'web'),
  ];
  await look.expect({ 'changes-3': { added } }, () => healthyApp(scenario, 'shop', 3, 300));
});

test('an image goes to one cluster at a time, and none begins while the one before is not ready', async () => {
  const stageOf = deploymentStage('web', ({ image }) => image === 'example.com/web:2');
  // Somebody pauses the Deployments by hand, so that a new image makes no new pods until it is let go on.
  for (const cluster of names) await pause(cluster, true);
  await look.expect(everywhere(scenario, { changed: [inNamespace(scenario, 'Deployment', 'web')] }));
  await patchShop({ components: [{ ...web, image: 'example.com/web:2' }, worker] });
  const waiting = new Set<string>(names);
  while (waiting.size > 0) {
    const begun = await waitUntil('the next cluster to begin', () => someThatBegan([...waiting], stageOf), {
      seconds: 300,
    });
    assert.equal(begun.length, 1, `only one cluster may begin at a time, and ${begun.join(', ')} did`);
    for (const cluster of begun) {
      waiting.delete(cluster);
      await staysOld(scenario, [...waiting], stageOf, waiting.size > 0 ? 12 : 0);
      assert.equal(await stageOf(scenario.member(cluster), cluster), 'changing');
      await pause(cluster, false);
    }
  }
  await look.expect(everywhere(scenario, { changed: [inNamespace(scenario, 'Deployment', 'web')] }), () =>
    healthyApp(scenario, 'shop', 3, 300),
  );
});

test('an override changes its object on its cluster and nothing else', async () => {
  const merge = { spec: { replicas: 2 } };
  const override = { clusters: { clusterNames: ['changes-2'] }, target: { kind: 'Deployment', name: 'worker' }, merge };
  await patchShop({ overrides: [override] });
  const changed = [inNamespace(scenario, 'Deployment', 'worker')];
  await look.expect({ 'changes-2': { changed } }, () => healthyApp(scenario, 'shop', 3, 300));
});

test('a rule of the Tier reaches the clusters and then the App, one cluster at a time', async () => {
  const priorityClass = `${scenario.platform}.${tierName}`;
  const stageOf = deploymentStage('web', (pod) => pod.priorityClassName === priorityClass);
  await scenario.lab.hub.patch(crossplyKey('Tier', scenario.platform, tierName), {
    spec: { priorityClass: { value: 1000 } },
  });
  await followWaves(scenario, 3, async (member, cluster) => {
    const stage = await stageOf(member, cluster);
    const key = { apiVersion: 'scheduling.k8s.io/v1', kind: 'PriorityClass', name: priorityClass };
    if (stage !== 'old') assert.ok(await member.find(key), `${cluster} got the App before its PriorityClass`);
    return stage;
  });
  const changed = [inNamespace(scenario, 'Deployment', 'web'), inNamespace(scenario, 'Deployment', 'worker')];
  await look.expect(everywhere(scenario, { added: [`PriorityClass ${priorityClass}`], changed }), () =>
    healthyApp(scenario, 'shop', 3, 300),
  );
});

test('a label of a cluster changes what is filled in from it, there and nowhere else', async () => {
  await labelCluster(scenario, 'changes-2', { size: 'large' });
  const isLarge = ({ size }: PodFacts) => size === 'large';
  assert.deepEqual(await followWaves(scenario, 1, deploymentStage('web', isLarge)), ['changes-2']);
  await look.expect({ 'changes-2': { changed: [inNamespace(scenario, 'Deployment', 'web')] } }, () =>
    healthyApp(scenario, 'shop', 3, 300),
  );
});

/** What the tests look at in a pod template. */
interface PodFacts {
  readonly image?: string | undefined;
  readonly size?: string | undefined;
  readonly priorityClassName?: string;
}

/** Tells where a cluster is on its way to a Deployment whose pods are as said. */
function deploymentStage(name: string, isNew: (pod: PodFacts) => boolean): StageOf {
  return async (member: Api): Promise<Stage> => {
    const deployment = await member.get(deploymentKey(scenario, name));
    if (!isNew(podFacts(deployment))) return 'old';
    return isRolledOut(deployment) ? 'done' : 'changing';
  };
}

function podFacts({ spec }: KubeObject): PodFacts {
  const { template } = spec as unknown as {
    template: {
      spec: PodFacts & { containers: readonly { image: string; env?: readonly { name: string; value: string }[] }[] };
    };
  };
  const [container] = template.spec.containers;
  const size = container?.env?.find(({ name }) => name === 'SIZE')?.value;
  return { ...template.spec, image: container?.image, size };
}

async function someThatBegan(waiting: readonly string[], stageOf: StageOf): Promise<readonly string[] | undefined> {
  const stages = await Promise.all(waiting.map((cluster) => stageOf(scenario.member(cluster), cluster)));
  const begun = waiting.filter((_, index) => stages[index] !== 'old');
  return begun.length > 0 ? begun : undefined;
}

async function pause(cluster: string, paused: boolean): Promise<void> {
  await scenario.member(cluster).patch(deploymentKey(scenario, 'web'), { spec: { paused: paused || null } });
}

async function patchShop(spec: JsonObject): Promise<void> {
  await scenario.lab.hub.patch(crossplyKey('App', scenario.tenant, 'shop'), { spec });
}
