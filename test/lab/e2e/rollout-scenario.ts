import type { RolloutProgress } from '../../../functions/generated/types.ts';
import { isJsonObject, type JsonObject } from '../../../functions/kube/json.ts';
import type { KubeObject } from '../../../functions/kube/object.ts';
import { kubectl } from '../kubectl.ts';
import type { Lab } from '../lab.ts';
import { waitUntil } from '../wait-until.ts';
import { rolloutState } from './rollout.ts';
import { app, createScenario, crossplyKey, type Scenario, type ScenarioOptions } from './scenario.ts';
import { webComponent } from './web-component.ts';

/** The wave of the one cluster that is the canary. */
export const canaryWave: JsonObject = { name: 'canary', clusterSelector: { matchLabels: { stage: 'canary' } } };

/** A world whose Apps are rolled out to a canary and two clusters more, and who the lab's own user is. */
export interface RolloutScenario {
  readonly scenario: Scenario;
  readonly canary: string;
  readonly others: readonly string[];
  readonly me: string;
}

/** Makes a world with three clusters, the first of them the canary. */
export async function createRolloutScenario(lab: Lab, name: string): Promise<RolloutScenario> {
  const [canary, ...others] = [`${name}-1`, `${name}-2`, `${name}-3`] as const;
  const clusters: ScenarioOptions['clusters'] = [
    { name: canary, member: 'member-1', labels: { stage: 'canary' } },
    { name: `${name}-2`, member: 'member-2' },
    { name: `${name}-3`, member: 'member-3' },
  ];
  const scenario = await createScenario(lab, name, { clusters });
  const review = JSON.parse(await kubectl(lab, 'auth', 'whoami', '-o', 'json'));
  return { scenario, canary, others, me: review.status.userInfo.username };
}

/** Returns an App with one component of its own name; whoever applies it is on record as its last editor. */
export function editedApp({ scenario, me }: RolloutScenario, name: string, edit: number, spec: JsonObject): KubeObject {
  const { metadata, ...rest } = app(scenario, name, { components: [webComponent(edit, name)], ...spec });
  return { ...rest, metadata: { ...metadata, annotations: { 'crossply.dev/last-editor': me } } };
}

/** Returns an App as it is on the hub. */
export function getApp({ scenario }: RolloutScenario, name: string): Promise<KubeObject> {
  return scenario.lab.hub.get(crossplyKey('App', scenario.tenant, name));
}

/** Returns what an App says of its rollout. */
export function progressOf({ status }: KubeObject): RolloutProgress {
  const progress = isJsonObject(status) ? status['rollout'] : undefined;
  return isJsonObject(progress) ? (progress as unknown as RolloutProgress) : { waves: [] };
}

/** Returns an App once it is in a phase. */
export function inPhase(world: RolloutScenario, name: string, phase: string): Promise<KubeObject> {
  return waitUntil(
    `App ${name} to be ${phase}`,
    async () => {
      const now = await getApp(world, name);
      if (rolloutState(now).phase === phase) return now;
      throw new Error(JSON.stringify(progressOf(now)));
    },
    { seconds: 240, everyMs: 500 },
  );
}
