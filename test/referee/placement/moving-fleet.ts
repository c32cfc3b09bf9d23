import assert from 'node:assert/strict';
import type { Faults } from '../../../cli/offline-hub/faults.ts';
import type { AssignmentSliceSpec, ClusterSetStatus } from '../../../functions/generated/types.ts';
import type { JsonObject } from '../../../functions/kube/json.ts';
import type { KubeObject } from '../../../functions/kube/object.ts';
import { createStage, profileOf, type Stage } from '../stage/stage.ts';

/** Where profiles of the stage live. */
const profileType = { apiVersion: 'multicluster.x-k8s.io/v1alpha1', kind: 'ClusterProfile', namespace: 'fleet' };

/** A fleet in which clusters are called otherwise than they are reached. */
export type MovingFleet = Stage & {
  /** What was deleted in members so far, as `m-a Deployment/web`. */
  readonly deleted: readonly string[];
  /** Adds or changes the ClusterProfile of a member, under any name. */
  put(profile: string, member: string, labels?: { readonly [label: string]: string }, id?: string): void;
  /** Deletes a ClusterProfile. */
  drop(profile: string): void;
  /** What stands in a member by `Kind/name`, with what tells each object from one that would be created anew. */
  uids(member: string): ReadonlyMap<string, string>;
  /** Returns the slices of an App, ComputeNamespace or Tier. */
  slices(kind: string): readonly AssignmentSliceSpec[];
};

/** Returns the ClusterSet of the stage, which reaches a cluster by the provider configuration that its profile is labelled with. */
export function setOf(more: JsonObject = {}, name = 'all'): KubeObject {
  return {
    ...{ apiVersion: 'crossply.dev/v1alpha1', kind: 'ClusterSet', metadata: { name, namespace: 'platform' } },
    spec: {
      ...{ tier: 'prod', clusterProfiles: { namespace: 'fleet' } },
      providerConfigRef: { nameTemplate: '${cluster.labels["config"]}' },
      ...more,
    },
  };
}

/** Returns a fleet of members, each with a ClusterProfile of its own name at first. */
export async function createFleet(members: readonly string[], faults?: Faults): Promise<MovingFleet> {
  const clusters = Object.fromEntries(members.map((name) => [name, { config: name }]));
  const stage = await createStage({ clusters, ...(faults !== undefined && { faults }) });
  const { hub } = stage;
  stage.apply(setOf());
  await hub.runFor(60);
  const deleted: string[] = [];
  for (const { name, store } of hub.members.values()) {
    store.watch(({ type, object }) => {
      const isGoing = type === 'Deleted' || object.metadata.deletionTimestamp !== undefined;
      if (isGoing) deleted.push(`${name} ${object.kind}/${object.metadata.name}`);
    });
  }
  return {
    ...{ ...stage, deleted },
    put(profile, member, labels = {}, id) {
      const object = profileOf(profile, { config: member, ...labels });
      const properties = id === undefined ? [] : [{ name: 'cluster.clusterset.k8s.io', value: id }];
      stage.apply({ ...object, status: { ...(object.status as JsonObject), properties } });
    },
    drop(profile) {
      assert.deepEqual(hub.delete({ ...profileType, name: profile }), []);
    },
    uids(member) {
      const found = [...hub.members.values()].find(({ name }) => name === member);
      const all = [...(found?.store.index.all() ?? [])];
      return new Map(all.map(({ kind, metadata }) => [`${kind}/${metadata.name}`, `${member} ${metadata.uid}`]));
    },
    slices: (kind) =>
      hub
        .list({ apiVersion: 'crossply.dev/v1alpha1', kind: 'AssignmentSlice' })
        .map(({ spec }) => spec as AssignmentSliceSpec)
        .filter(({ owner }) => owner.kind === kind),
  };
}

/** Returns the names of the clusters that a composite of a kind is assigned to, sorted. */
export function assigned(fleet: MovingFleet, kind = 'App'): readonly string[] {
  const entries = fleet.slices(kind).flatMap(({ assignments }) => assignments);
  return entries.flatMap(({ cluster, state }) => (state === 'Assigned' ? [cluster] : [])).sort();
}

/** Returns the number of the rollout of a composite. */
export function rolloutOf(fleet: MovingFleet, kind = 'App'): number {
  return Math.max(...fleet.slices(kind).map(({ rollout }) => rollout?.number ?? 0));
}

/** Returns the members of the ClusterSet of the stage. */
export function membersOf({ hub }: MovingFleet, name = 'all'): NonNullable<ClusterSetStatus['members']> {
  const set = hub.get({
    ...setOf().metadata,
    apiVersion: 'crossply.dev/v1alpha1',
    kind: 'ClusterSet',
    namespace: 'platform',
    name,
  });
  return ((set?.status ?? {}) as ClusterSetStatus).members ?? [];
}

/** Returns what the ClusterSet of the stage says of its inventory. */
export function inventoryMessage({ hub }: MovingFleet): string {
  const set = hub.get({ apiVersion: 'crossply.dev/v1alpha1', kind: 'ClusterSet', namespace: 'platform', name: 'all' });
  const { conditions = [] } = (set?.status ?? {}) as { conditions?: readonly { type: string; message: string }[] };
  return conditions.find(({ type }) => type === 'Inventoried')?.message ?? '';
}
