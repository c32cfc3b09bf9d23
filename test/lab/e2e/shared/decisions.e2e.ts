import { join } from 'node:path';
import { before, test } from 'node:test';
import type { JsonObject } from '../../../../functions/kube/json.ts';
import type { KubeObject } from '../../../../functions/kube/object.ts';
import { applyFile } from '../../apply-file.ts';
import { sourcesOf } from '../../programs.ts';
import { waitUntil } from '../../wait-until.ts';
import { healthyApp } from '../rollout.ts';
import { runningLab } from '../running-lab.ts';
import { app, createScenario, crossplyKey, type Scenario } from '../scenario.ts';
import { webComponent } from '../web-component.ts';

const clusters = [
  { name: 'decisions-1', member: 'member-1' },
  { name: 'decisions-2', member: 'member-2' },
] as const;
const kind = ['multicluster.x-k8s.io/v1alpha1', 'PlacementDecision'] as const;
const composition = 'apps-with-decisions.crossply.dev';

let scenario: Scenario;

before(async () => {
  scenario = await createScenario(runningLab(), 'decisions', { clusters });
  const { hub } = scenario.lab;
  const crds = join(await sourcesOf('cluster-inventory-api'), 'config', 'crd', 'bases');
  await applyFile(hub, join(crds, 'multicluster.x-k8s.io_placementdecisions.yaml'));
  await waitUntil('the kind PlacementDecision', async () => (await hub.list(...kind)) && true);
  await hub.apply(await emittingComposition());
  const crossplane = { compositionRef: { name: composition } };
  await hub.apply(app(scenario, 'leader', { components: [webComponent(0, 'leader')], crossplane }));
  await healthyApp(scenario, 'leader', 2, 300);
});

test('a decision is written as PlacementDecisions', async () => {
  await decidedOn(['decisions-1', 'decisions-2']);
});

test('an App that leaves its placement to a decision goes where that says, and leaves where it says so no more', async () => {
  const placement = { fromDecision: 'app-leader', gracePeriodSeconds: 5 };
  await scenario.lab.hub.apply(app(scenario, 'follower', { components: [webComponent(0, 'follower')], placement }));
  await healthyApp(scenario, 'follower', 2, 300);
  const key = crossplyKey('App', scenario.tenant, 'leader');
  await scenario.lab.hub.patch(key, { spec: { placement: { excludedClusterNames: ['decisions-2'] } } });
  await decidedOn(['decisions-1']);
  await healthyApp(scenario, 'follower', 1, 300);
});

/** The Composition of Apps, with decisions switched on. */
async function emittingComposition(): Promise<KubeObject> {
  const apiVersion = 'apiextensions.crossplane.io/v1';
  const { spec } = await scenario.lab.hub.get({ apiVersion, kind: 'Composition', name: 'apps.crossply.dev' });
  const { pipeline, ...rest } = spec as { readonly pipeline: readonly JsonObject[] };
  const [select, ...others] = pipeline;
  const input = select?.['input'] as JsonObject;
  const emitting = { ...input, spec: { ...(input['spec'] as JsonObject), emitPlacementDecisions: true } };
  const steps = [{ ...select, input: emitting }, ...others];
  return { apiVersion, kind: 'Composition', metadata: { name: composition }, spec: { ...rest, pipeline: steps } };
}

async function decidedOn(expected: readonly string[]): Promise<void> {
  await waitUntil(
    `the PlacementDecision to name ${expected.join(', ')}`,
    async () => {
      const labels = 'multicluster.x-k8s.io/decision-key=app-leader';
      const [decision] = await scenario.lab.hub.list(...kind, { namespace: scenario.tenant, labels });
      const { decisions } = decision as unknown as { decisions: readonly { clusterProfileRef: { name: string } }[] };
      const names = decisions.map(({ clusterProfileRef }) => clusterProfileRef.name);
      return names.join() === expected.join() ? true : undefined;
    },
    { seconds: 150 },
  );
}
