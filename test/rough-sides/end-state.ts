import type { OfflineHub } from '../../cli/offline-hub/hub.ts';
import { keyOf, refTo } from '../../cli/offline-hub/object-ref.ts';
import type { AssignmentSliceSpec } from '../../functions/generated/types.ts';
import { isJsonObject, type Json, type JsonObject } from '../../functions/kube/json.ts';
import type { KubeObject } from '../../functions/kube/object.ts';

/** What two runs must have in common: what runs in the members, who is assigned what, and what the composite says of itself. */
export function endState(hub: OfflineHub): JsonObject {
  const members = [...hub.members].map(([name, { store }]): [string, Json] => [
    name,
    [...store.index.all()].map(content).sort(byText),
  ]);
  const slices = hub
    .list({ apiVersion: 'crossply.dev/v1alpha1', kind: 'AssignmentSlice' })
    .map(({ metadata, spec }): Json => [metadata.name ?? '', withoutSequences(spec as AssignmentSliceSpec)]);
  const shops = hub.list({ apiVersion: 'test.dev/v1', kind: 'Shop' }).map(({ status }) => withoutTimes(status ?? {}));
  return { members: Object.fromEntries(members), slices, shops };
}

/** Returns how often each remote object was deleted, by member and object. */
export function deletions(hub: OfflineHub): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { cluster, type, key } of hub.journal.changes) {
    if (type !== 'Deleted' || cluster === 'hub') continue;
    counts.set(`${cluster} ${key}`, (counts.get(`${cluster} ${key}`) ?? 0) + 1);
  }
  return counts;
}

/** Conditions, placement words and the course of the rollout tell of the way, not of the end. */
function withoutTimes(status: Json): Json {
  const { conditions: _, placement: _placement, rollout: _rollout, ...rest } = status as JsonObject;
  return rest;
}

/** Sequences count the changes on the way, and what is remembered of the rollout is its course. */
function withoutSequences({ assignments, rollout: _, ...spec }: AssignmentSliceSpec): JsonObject {
  return { ...spec, assignments: assignments.map(({ sequence: _, ...assignment }) => assignment) };
}

function content(object: KubeObject): Json {
  const { labels, annotations } = object.metadata;
  return [
    keyOf(refTo(object)),
    { labels, annotations, spec: withoutAddress(object.spec), data: object['data'] as Json },
  ];
}

/** The cluster gives a Service its address when it is created. */
function withoutAddress(spec: Json | undefined): Json | undefined {
  if (!isJsonObject(spec)) return spec;
  const { clusterIP: _, ...rest } = spec;
  return rest;
}

function byText(a: Json, b: Json): number {
  return JSON.stringify(a) < JSON.stringify(b) ? -1 : 1;
}
