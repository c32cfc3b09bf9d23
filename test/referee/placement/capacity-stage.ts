import { isJsonObject, type JsonObject } from '../../../functions/kube/json.ts';
import type { KubeObject } from '../../../functions/kube/object.ts';
import { type AppWish, appOf, createStage, profileOf, type Stage, type StageOptions } from '../stage/stage.ts';

/** A fleet whose clusters say how much processor time is free; what they say is reported when a test wants it so. */
export type CapacityStage = Stage & {
  /** Reports that some clusters have something free, as they say or as they are told to say. */
  report(free: { readonly [cluster: string]: number | string }, more?: ReportOptions): void;
  /** Reports of each cluster what is left of what it had in the beginning, counted from what stands there. */
  reportWhatIsLeft(): void;
};

type Condition = { readonly type: string; readonly reason: string; readonly message: string };

/** What a report says beside what is free. */
export type ReportOptions = { readonly isHealthy?: boolean; readonly observedAt?: string };

/** Returns a fleet with as many processors free on each cluster as is said, all reported. */
export async function createCapacityStage(
  sizes: { readonly [cluster: string]: number },
  rough: Pick<StageOptions, 'faults' | 'seed'> = {},
): Promise<CapacityStage> {
  const clusters = Object.fromEntries(Object.keys(sizes).map((name) => [name, {}]));
  const stage = await createStage({ clusters, ...rough });
  const report: CapacityStage['report'] = (free, { isHealthy = true, observedAt } = {}) => {
    for (const [name, cpu] of Object.entries(free)) {
      const { status, ...profile } = profileOf(name, {}, isHealthy);
      const property = { name: 'cpu', value: String(cpu), ...(observedAt && { lastObservedTime: observedAt }) };
      stage.apply({ ...profile, status: { ...(status as JsonObject), properties: [property] } });
    }
  };
  report(sizes);
  await stage.hub.runFor(30);
  return {
    ...stage,
    report,
    reportWhatIsLeft() {
      for (const [name, size] of Object.entries(sizes)) {
        report({ [name]: size - total(deploymentsOn(stage, name)) });
      }
    },
  };
}

/** Returns an App with a name of its own, which its component has as well: names are taken once in a namespace. */
export function appNamed(name: string, { image, replicas = 1, ...wish }: AppWish): KubeObject {
  const app = appOf({ image, ...wish });
  const components = [{ name, image, replicas }];
  return { ...app, metadata: { ...app.metadata, name }, spec: { ...(app.spec as JsonObject), components } };
}

/** How replicas are divided by what is free: one processor each unless it is said otherwise. */
export function byCpu(strategy: 'Capacity' | 'Aggregated', more: JsonObject = {}, perReplica = '1'): JsonObject {
  return { replicas: { mode: 'Divided', strategy, capacity: { property: 'cpu', perReplica }, ...more } };
}

/** Returns how many replicas the Deployments of an App want on each cluster that has any of them. */
export function replicasOf(stage: Stage, app = 'shop'): { readonly [cluster: string]: number } {
  const counts = [...stage.hub.members.keys()].sort().map((cluster) => {
    const own = deploymentsOn(stage, cluster).filter(({ metadata }) => app === '' || metadata.name === app);
    return [cluster, total(own)] as const;
  });
  return Object.fromEntries(counts.filter(([, count]) => count > 0));
}

/** Returns how many replicas all Apps together want on each cluster that has any. */
export function replicasOfAll(stage: Stage): { readonly [cluster: string]: number } {
  return replicasOf(stage, '');
}

/** Returns a condition of an App, or of a ClusterSet. */
export function conditionOf(
  { hub }: Stage,
  type: string,
  name = 'shop',
  kind: 'App' | 'ClusterSet' = 'App',
): Partial<Condition> {
  const namespace = kind === 'App' ? 'team' : 'platform';
  const object = hub.get({ apiVersion: 'crossply.dev/v1alpha1', kind, namespace, name });
  const { conditions = [] } = (object?.status ?? {}) as { readonly conditions?: readonly Condition[] };
  return conditions.find((each) => each.type === type) ?? {};
}

/** Returns what the status of an App says of its placement, as text. */
export function placementOf({ hub }: Stage, name = 'shop'): string {
  const object = hub.get({ apiVersion: 'crossply.dev/v1alpha1', kind: 'App', namespace: 'team', name });
  return JSON.stringify((object?.status as JsonObject | undefined)?.['placement']);
}

function deploymentsOn({ hub }: Stage, cluster: string): readonly KubeObject[] {
  return [...(hub.members.get(cluster)?.store.index.all() ?? [])].filter(({ kind }) => kind === 'Deployment');
}

function total(deployments: readonly KubeObject[]): number {
  return deployments.reduce((sum, { spec }) => sum + Number(isJsonObject(spec) ? (spec['replicas'] ?? 1) : 1), 0);
}
