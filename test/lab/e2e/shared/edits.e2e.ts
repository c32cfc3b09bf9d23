import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { waitUntil } from '../../wait-until.ts';
import { app, createScenario, crossplyKey, type Scenario, type ScenarioCluster } from '../scenario.ts';
import { sharedLab } from '../shared-lab.ts';

/**
 * Core drops an App's own edit while its circuit breaker is open, and on default flags creating a few clusters opens it.
 * The functions ask to be called again soon; this is how soon an edit has to show in the first cluster, whenever it comes.
 */
const seconds = 40;
const editsAfterSeconds = [10, 60, 200];

for (const count of [5, 50]) {
  test(`an edit shows within ${seconds} s, at any time after creating ${count} clusters with 6 manifests each`, async () => {
    const scenario = await createScenario(sharedLab(), `edits${count}`, {
      clusters: virtualClusters(`edits${count}`, count),
    });
    const { hub } = scenario.lab;
    await hub.apply(app(scenario, 'shop', spec(0)));
    const created = Date.now();
    for (const [index, after] of editsAfterSeconds.entries()) {
      await delay(created + after * 1000 - Date.now());
      await hub.apply(app(scenario, 'shop', spec(index + 1)));
      const edited = Date.now();
      await waitUntil(`an edit ${after} s after creation to show`, () => shows(scenario, index + 1), { seconds: 120 });
      const took = (Date.now() - edited) / 1000;
      console.log(`${count} clusters: ${after} s: ${took}`);
      const { status } = await hub.get(crossplyKey('App', scenario.tenant, 'shop'));
      assert.ok(took <= seconds, `an edit ${after} s after creation took ${took} s to show: ${JSON.stringify(status)}`);
    }
  });
}

function virtualClusters(name: string, count: number): readonly ScenarioCluster[] {
  return Array.from({ length: count }, (_, index) => ({
    name: `${name}-${index}`,
    member: 'member-2',
    isVirtual: true,
  }));
}

function spec(edit: number) {
  const components = ['web', 'api', 'worker'].map((name) => ({
    name,
    image: `example.com/${name}:${edit}`,
    replicas: 1,
    ports: [{ name: 'http', containerPort: 8080 }],
    service: {},
  }));
  return { components, rollout: { maxConcurrent: '100%' }, deletionPolicy: 'Delete' };
}

/** Tells whether any cluster has an image of the edit. The member is asked itself, once for all its virtual clusters. */
async function shows({ lab, memberNamespace }: Scenario, edit: number): Promise<true | undefined> {
  const deployments = await lab.members['member-2'].list('apps/v1', 'Deployment');
  const isNew = deployments.some(({ metadata, spec }) => {
    const { template } = spec as { template: { spec: { containers: readonly { image: string }[] } } };
    const ours = metadata.namespace?.startsWith(`${memberNamespace}--`);
    return ours && template.spec.containers.some(({ image }) => image.endsWith(`:${edit}`));
  });
  return isNew ? true : undefined;
}
