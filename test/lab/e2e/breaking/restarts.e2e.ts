import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import type { Api } from '../../api.ts';
import { runningPid, startAgain, stopProcess } from '../../lab-process.ts';
import { functionProcess } from '../../package-runtime.ts';
import { waitUntil } from '../../wait-until.ts';
import { deploymentOf, imageOf } from '../deployment-of.ts';
import { healthyApp } from '../rollout.ts';
import { runningLab } from '../running-lab.ts';
import { app, createScenario, type Scenario, type ScenarioCluster } from '../scenario.ts';
import {
  everywhere,
  inNamespace,
  type ScenarioObjects,
  scenarioChanges,
  scenarioObjects,
} from '../scenario-objects.ts';
import { imageOfEdit, webComponent } from '../web-component.ts';
import { activeFunction } from './function-server.ts';
import { assertOneByOne } from './wave-order.ts';

const clusters: readonly ScenarioCluster[] = (['member-1', 'member-2'] as const).flatMap((member) =>
  [1, 2].map((index) => ({ name: `restarts-${member.slice(-1)}${index}`, member, isVirtual: true })),
);
const names = clusters.map(({ name }) => name);

let scenario: Scenario;
let folder: string;
let hub: Api;
let earlier: ScenarioObjects;

/** One rollout through four clusters, one at a time; something else is killed after each of them. */
before(async () => {
  scenario = await createScenario(runningLab(), 'restarts', { clusters });
  ({ hub } = scenario.lab);
  ({ folder } = scenario.lab.layout);
  await applyEdit(0, names.length);
  await healthyApp(scenario, 'shop', names.length);
  earlier = await scenarioObjects(scenario);
  await applyEdit(1, 1);
  await changedClusters(1);
});

test('a rollout goes on when the function server is killed', async () => {
  const revision = await activeFunction(scenario.lab);
  const server = functionProcess(revision?.metadata.name ?? '');
  const pid = runningPid(folder, server);
  assert.ok(pid !== undefined, `${server} does not run`);
  await stopProcess(folder, server, 'SIGKILL');
  await waitUntil('the server to be started again', async () => runningPid(folder, server));
  assert.notEqual(runningPid(folder, server), pid);
  await changedClusters(2);
});

test('a rollout goes on when core is killed', async () => {
  await stopProcess(folder, 'core', 'SIGKILL');
  await startAgain(folder, 'core');
  await changedClusters(3);
});

test("a rollout goes on when the hub's API server is killed", async () => {
  await stopProcess(folder, 'hub-api', 'SIGKILL');
  await startAgain(folder, 'hub-api');
  await changedClusters(4);
  await healthyApp(scenario, 'shop', names.length);
});

test('the rollout went through one cluster at a time all the same, and nothing was recreated', async () => {
  await assertOneByOne(scenario, names);
  const changed = [inNamespace(scenario, 'Deployment', 'web')];
  assert.deepEqual(scenarioChanges(earlier, await scenarioObjects(scenario)), everywhere(scenario, { changed }));
});

async function applyEdit(edit: number, maxConcurrent: number): Promise<void> {
  // No wave is shorter than this, however fast the machine: there is time to interrupt it.
  const components = [{ ...webComponent(edit), minReadySeconds: 3 }];
  const spec = { components, rollout: { maxConcurrent } };
  await hub.apply(app(scenario, 'shop', spec));
}

/** Returns once the edit has reached as many clusters as said; refuses when it is everywhere before that, for nothing was interrupted then. */
async function changedClusters(expected: number): Promise<void> {
  const changed = await waitUntil(
    `the edit to reach ${expected} clusters`,
    async () => {
      const deployments = await Promise.all(names.map((cluster) => deploymentOf(scenario, cluster)));
      const count = deployments.filter((deployment) => imageOf(deployment) === imageOfEdit(1)).length;
      return count >= expected ? count : undefined;
    },
    { seconds: 180, everyMs: 100 },
  );
  assert.ok(changed < names.length || expected === names.length, 'the rollout was over before it was interrupted');
}
