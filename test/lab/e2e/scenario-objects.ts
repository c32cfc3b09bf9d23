import type { KubeObject } from '../../../functions/kube/object.ts';
import { type MemberChanges, type MemberObjects, memberChanges, memberObjects } from './member-objects.ts';
import type { Scenario } from './scenario.ts';

/** What each cluster of a scenario holds of it: its namespace, what is in it, and what its Tier brings. */
export type ScenarioObjects = ReadonlyMap<string, MemberObjects>;

/** How two looks at a scenario differ: by cluster, only where and in which way something did. */
export type ScenarioChanges = { readonly [cluster: string]: Partial<MemberChanges> };

/** Returns what each cluster of a scenario holds of it, whatever other scenarios have there. */
export async function scenarioObjects(scenario: Scenario): Promise<ScenarioObjects> {
  const looks = scenario.clusters.map(async ({ name }): Promise<[string, MemberObjects]> => {
    const all = await memberObjects(scenario.member(name));
    return [name, new Map([...all].filter(([, object]) => isOf(scenario, object)))];
  });
  return new Map(await Promise.all(looks));
}

/** Returns what changed between two looks at a scenario. */
export function scenarioChanges(before: ScenarioObjects, after: ScenarioObjects): ScenarioChanges {
  const byCluster = [...after].flatMap(([cluster, now]): readonly [string, Partial<MemberChanges>][] => {
    const changes = Object.entries(memberChanges(before.get(cluster) ?? new Map(), now));
    const some = changes.filter(([, labels]) => labels.length > 0);
    return some.length === 0 ? [] : [[cluster, Object.fromEntries(some)]];
  });
  return Object.fromEntries(byCluster);
}

/** Returns the same changes for every cluster of a scenario. */
export function everywhere({ clusters }: Scenario, changes: Partial<MemberChanges>): ScenarioChanges {
  return Object.fromEntries(clusters.map(({ name }) => [name, changes]));
}

/** Returns what looks at a scenario call an object in its namespace. */
export function inNamespace({ memberNamespace }: Scenario, kind: string, name: string): string {
  return `${kind} ${memberNamespace}/${name}`;
}

/** Returns what stands in the hub namespaces of a scenario, as `Kind namespace/name`, sorted. */
export async function hubObjects({ lab, tenant, platform }: Scenario): Promise<readonly string[]> {
  return (await lab.hub.everything())
    .filter(({ metadata: { namespace = '' } }) => [tenant, platform].includes(namespace))
    .map(({ kind, metadata: { namespace, name } }) => `${kind} ${namespace}/${name}`)
    .sort();
}

/** A Tier's objects of the whole cluster have the hub namespace of the Tier in their names. */
function isOf({ memberNamespace, platform }: Scenario, { metadata: { namespace, name = '' } }: KubeObject): boolean {
  if (namespace !== undefined) return namespace === memberNamespace;
  return name === memberNamespace || name.split(/[:.]/).includes(platform);
}
