import type { AssignmentSliceSpec, AssignmentSliceStatus } from '../../functions/generated/types.ts';
import { canonicalJson } from '../../functions/kube/canonical-json.ts';
import type { Json } from '../../functions/kube/json.ts';
import type { KubeObject } from '../../functions/kube/object.ts';
import type { OfflineHub } from '../offline-hub/hub.ts';
import type { Wave } from './plan.ts';

/** Watches the slices of a hub and tells when each cluster was assigned, changed, left or became healthy. */
export class WaveRecorder {
  readonly #moves: {
    readonly owner: string;
    readonly at: number;
    readonly change: Wave['change'];
    readonly cluster: string;
  }[] = [];
  readonly #startedAt: number;

  constructor({ store, clock }: OfflineHub) {
    this.#startedAt = clock.milliseconds;
    store.watch(({ type, object, old }) => {
      if (object.kind !== 'AssignmentSlice' || type === 'Deleted') return;
      for (const { cluster, change } of differences(old, object)) {
        this.#moves.push({ owner: ownerKey(object), at: clock.milliseconds, change, cluster });
      }
    });
  }

  /** Returns the waves of one composite, in order of time; clusters that moved in the same second belong together. */
  wavesOf(kind: string, namespace: string, name: string): readonly Wave[] {
    const waves = new Map<string, { seconds: number; change: Wave['change']; clusters: string[] }>();
    for (const { owner, at, change, cluster } of this.#moves) {
      if (owner !== `${kind}/${namespace}/${name}`) continue;
      const seconds = Math.round((at - this.#startedAt) / 1000);
      const wave = waves.get(`${seconds}/${change}`) ?? { seconds, change, clusters: [] };
      waves.set(`${seconds}/${change}`, wave);
      if (!wave.clusters.includes(cluster)) wave.clusters.push(cluster);
    }
    return [...waves.values()].map((wave) => ({ ...wave, clusters: wave.clusters.toSorted() }));
  }
}

type Move = { readonly cluster: string; readonly change: Wave['change'] };

function differences(old: KubeObject | undefined, now: KubeObject): readonly Move[] {
  const before = new Map(assignmentsOf(old).map((entry) => [entry.cluster, entry]));
  const moves = assignmentsOf(now).flatMap((entry): Move[] => {
    const last = before.get(entry.cluster);
    if (last === undefined) return [{ cluster: entry.cluster, change: 'assigned' }];
    if (canonicalJson(last as Json) === canonicalJson(entry as Json)) return [];
    return [{ cluster: entry.cluster, change: entry.state === 'Leaving' ? 'leaving' : 'changed' }];
  });
  const wasHealthy = new Set(healthyEntries(old));
  const healthy = healthyEntries(now).filter((key) => !wasHealthy.has(key));
  return [...moves, ...healthy.map((key): Move => ({ cluster: key.slice(key.indexOf(' ') + 1), change: 'healthy' }))];
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
