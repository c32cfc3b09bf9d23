import type { AssignmentSliceSpec, AssignmentSliceStatus } from '../../functions/generated/types.ts';
import { canonicalJson } from '../../functions/kube/canonical-json.ts';
import type { Json } from '../../functions/kube/json.ts';
import type { KubeObject } from '../../functions/kube/object.ts';
import type { OfflineHub } from '../offline-hub/hub.ts';
import type { Move } from './plan.ts';

/** A cluster that was assigned, changed, left or became healthy, and when, in virtual milliseconds. */
export interface ClusterMove {
  readonly at: number;
  readonly change: Move['change'];
  readonly cluster: string;
}

/** Watches the slices of a hub and tells when each cluster was assigned, changed, left or became healthy. */
export class MoveRecorder {
  readonly #moves: (ClusterMove & { readonly owner: string })[] = [];

  constructor({ store, clock }: OfflineHub) {
    store.watch(({ type, object, old }) => {
      if (object.kind !== 'AssignmentSlice' || type === 'Deleted') return;
      for (const { cluster, change } of differences(old, object)) {
        this.#moves.push({ owner: ownerKey(object), at: clock.milliseconds, change, cluster });
      }
    });
  }

  /** Returns the moves of one composite, in order of time. */
  movesOf(kind: string, namespace: string, name: string): readonly ClusterMove[] {
    return this.#moves.filter(({ owner }) => owner === `${kind}/${namespace}/${name}`);
  }
}

type Change = Pick<ClusterMove, 'cluster' | 'change'>;

function differences(old: KubeObject | undefined, now: KubeObject): readonly Change[] {
  const before = new Map(assignmentsOf(old).map((entry) => [entry.cluster, entry]));
  const moves = assignmentsOf(now).flatMap((entry): Change[] => {
    const last = before.get(entry.cluster);
    if (last === undefined) return [{ cluster: entry.cluster, change: 'assigned' }];
    if (canonicalJson(last as Json) === canonicalJson(entry as Json)) return [];
    return [{ cluster: entry.cluster, change: entry.state === 'Leaving' ? 'leaving' : 'changed' }];
  });
  const wasHealthy = new Set(healthyEntries(old));
  const healthy = healthyEntries(now).filter((key) => !wasHealthy.has(key));
  return [...moves, ...healthy.map((key): Change => ({ cluster: key.slice(key.indexOf(' ') + 1), change: 'healthy' }))];
}

function assignmentsOf(slice: KubeObject | undefined) {
  return ((slice?.spec ?? {}) as AssignmentSliceSpec).assignments ?? [];
}

function healthyEntries(slice: KubeObject | undefined): readonly string[] {
  const { assignments = [] } = (slice?.status ?? {}) as AssignmentSliceStatus;
  return assignments.flatMap(({ cluster, entry, phase }) => (phase === 'Healthy' ? [`${entry} ${cluster}`] : []));
}

function ownerKey({ metadata, spec }: KubeObject): string {
  const { owner } = spec as AssignmentSliceSpec;
  return `${owner.kind}/${metadata.namespace ?? ''}/${owner.name}`;
}
