import type { AppStatus } from '../../../functions/generated/types.ts';
import type { KubeObject } from '../../../functions/kube/object.ts';
import { type Api, keyOf, type ObjectKey } from '../api.ts';
import { waitUntil } from '../wait-until.ts';
import { crossplyKey, type Scenario } from './scenario.ts';

/** The part of a composite's status that tells how far its rollout is; those of Tiers and ComputeNamespaces have it too. */
export type RolloutState = Pick<AppStatus, 'phase' | 'revision' | 'clusters' | 'assignments'>;

/** Returns how far a composite's rollout is. */
export function rolloutState({ status }: KubeObject): RolloutState {
  return (status ?? {}) as RolloutState;
}

/**
 * Tells whether core says that it has seen the composite's spec as it is now. A run that began just before an edit says so
 * as well, because core's own writes return the newer generation: after an edit of content, use `rolledOut`.
 */
export function isSeen({ metadata, status }: KubeObject): boolean {
  const { conditions = [] } = (status ?? {}) as {
    conditions?: readonly { type: string; observedGeneration?: number }[];
  };
  return (conditions.find(({ type }) => type === 'Synced')?.observedGeneration ?? 0) >= (metadata.generation ?? 0);
}

/** Returns a scenario's App once it is Healthy with the spec as it is now on as many clusters as said. */
export function healthyApp(scenario: Scenario, name: string, clusters: number, seconds = 180): Promise<KubeObject> {
  return healthyComposite(scenario.lab.hub, crossplyKey('App', scenario.tenant, name), clusters, seconds);
}

/** Applies an App whose content is new and returns it once that is Healthy on as many clusters as said. */
export async function rolledOut(
  scenario: Scenario,
  app: KubeObject,
  clusters: number,
  seconds = 180,
): Promise<KubeObject> {
  const { hub } = scenario.lab;
  const key = keyOf(app);
  const before = await hub.find(key);
  const old = before === undefined ? undefined : rolloutState(before).revision;
  await hub.apply(app);
  await waitUntil(`App ${key.name} to aim at new content`, async () => {
    const { revision } = rolloutState(await hub.get(key));
    return revision !== undefined && revision !== old ? true : undefined;
  });
  return healthyComposite(hub, key, clusters, seconds);
}

/** What a composite has to report of a cluster; without a message any will do. */
export interface Reported {
  readonly cluster: string;
  readonly phase: string;
  readonly message?: string;
}

/** Returns a composite that rolls out once it reports of a cluster what is expected. */
export async function reported(hub: Api, key: ObjectKey, expected: Reported, seconds = 180): Promise<KubeObject> {
  const { cluster, phase, message } = expected;
  return waitUntil(
    `${key.kind} ${key.name} to say that ${cluster} is ${phase} ${message ?? ''}`.trim(),
    async () => {
      const composite = await hub.get(key);
      const { assignments = [] } = rolloutState(composite);
      const entry = assignments.find((each) => each.cluster === cluster);
      if (entry?.phase === phase && (message === undefined || entry.message === message)) return composite;
      throw new Error(JSON.stringify(assignments));
    },
    { seconds },
  );
}

/** Returns a composite that rolls out once it is Healthy with the spec as it is now on as many clusters as said. */
export async function healthyComposite(hub: Api, key: ObjectKey, clusters: number, seconds = 180): Promise<KubeObject> {
  return waitUntil(
    `${key.kind} ${key.name} of ${key.namespace} to be Healthy on ${clusters} clusters`,
    async () => {
      const composite = await hub.get(key);
      const { phase, clusters: count, assignments = [] } = rolloutState(composite);
      const isDone = phase === 'Healthy' && count?.healthy === clusters && count.updated === clusters;
      if (isDone && isSeen(composite)) return composite;
      const where = assignments.map((each) => `${each.cluster} ${each.phase} ${each.message ?? ''}`.trim()).join(', ');
      throw new Error(`${phase ?? 'no phase yet'}, ${JSON.stringify(count ?? {})}, ${where}`);
    },
    { seconds, everyMs: 500 },
  );
}
