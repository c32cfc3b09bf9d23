import { contentHash } from '../kube/content-hash.ts';
import { isJsonList, isJsonObject, type Json, type JsonObject } from '../kube/json.ts';
import { boundedName } from '../kube/names.ts';
import { findCondition, type KubeObject } from '../kube/object.ts';
import type { Owner } from '../revision/revision-content.ts';
import type { Instant } from '../runtime/composition-function.ts';
import { crossplyApiVersion } from '../runtime/validate-request.ts';
import type { DesiredSlice } from './fill-slices.ts';

/** The annotation by which one asks core to reconcile; while its circuit breaker is open, one event in 30 s gets through. */
const pokeAnnotation = 'crossplane.io/reconcile-requested-at';

/** How long core may lag behind a slice's spec before it is poked, and how often. */
const pokeAfterMs = 30_000;

/** Returns the AssignmentSlice for a slice as it should be. */
export function sliceObject(owner: Owner, slice: DesiredSlice, now: Instant): KubeObject {
  const name = slice.observed?.name ?? boundedName([owner.kind, owner.name, ...slice.key.split('/').slice(1)]);
  const poke = pokeOf(slice, now);
  const clusters = new Set(slice.assignments.map(({ cluster }) => cluster));
  const unhealthy = (slice.observed?.unhealthy ?? []).filter(({ cluster }) => clusters.has(cluster));
  const missing = (slice.observed?.missing ?? []).filter(({ cluster }) => clusters.has(cluster));
  return {
    apiVersion: crossplyApiVersion,
    kind: 'AssignmentSlice',
    metadata: {
      name,
      labels: { 'crossply.dev/xr': owner.name, 'crossply.dev/xr-kind': owner.kind },
      ...(poke !== undefined && { annotations: { [pokeAnnotation]: poke } }),
    },
    spec: {
      ...{ owner, clusterSet: slice.clusterSet, assignments: slice.assignments },
      ...(unhealthy.length > 0 && { unhealthy }),
      ...(missing.length > 0 && { missing }),
      ...(slice.rollout !== undefined && { rollout: slice.rollout as JsonObject }),
    },
  };
}

/**
 * Returns the value of the poke annotation: as observed, unless core has not looked at the slice's spec for half a minute
 * after it was written (its circuit breaker drops even a composite's own change); then a value that is new every half
 * minute, a function of the entries and the clock.
 */
function pokeOf({ observed, assignments }: DesiredSlice, now: Instant): string | undefined {
  if (observed === undefined) return undefined;
  const before = observed.object.metadata.annotations?.[pokeAnnotation];
  const writtenAt = lastWritten(observed.object);
  const lags = syncedGeneration(observed.object) < (observed.object.metadata.generation ?? 0);
  if (!lags || writtenAt === undefined || now - writtenAt < pokeAfterMs) return before;
  return `${contentHash(assignments as Json, 10)}-${Math.floor(now / pokeAfterMs)}`;
}

/** Tells whether core reports an observed slice as ready. */
export function isReady({ observed }: DesiredSlice): boolean {
  return observed !== undefined && findCondition(observed.object, 'Ready')?.status === 'True';
}

function syncedGeneration(slice: KubeObject): number {
  return findCondition(slice, 'Synced')?.observedGeneration ?? 0;
}

/** Core's server-side apply leaves the time of its last change in managedFields. */
function lastWritten({ metadata }: KubeObject): Instant | undefined {
  const fields = metadata['managedFields'];
  const times = (isJsonList(fields) ? fields : []).flatMap((field) => {
    if (!isJsonObject(field) || !String(field['manager']).startsWith('apiextensions.crossplane.io/composed/'))
      return [];
    return typeof field['time'] === 'string' ? [Date.parse(field['time'])] : [];
  });
  const created = metadata.creationTimestamp === undefined ? [] : [Date.parse(metadata.creationTimestamp)];
  const all = [...times, ...created];
  return all.length > 0 ? Math.max(...all) : undefined;
}
