import { isJsonObject, type JsonObject } from '../../functions/kube/json.ts';
import type { KubeObject } from '../../functions/kube/object.ts';
import type { HubReader } from '../hub-reader/hub-reader.ts';
import { keyOf, refTo } from '../offline-hub/object-ref.ts';
import type { Whereabouts } from './whereabouts.ts';

/** A hub as it would be: its ClusterSets are other ones, and composites are where they were moved to. */
export class ImaginedHub implements HubReader {
  readonly #hub: HubReader;
  readonly #clusterSets: ReadonlyMap<string, KubeObject>;
  readonly #whereabouts = new Map<string, Whereabouts>();

  /** Lays other ClusterSets over those of a hub. */
  constructor(hub: HubReader, clusterSets: readonly KubeObject[]) {
    this.#hub = hub;
    this.#clusterSets = new Map(clusterSets.map((set) => [keyOf(refTo(set)), set]));
  }

  /** Moves a composite. */
  move(composite: KubeObject, whereabouts: Whereabouts): void {
    this.#whereabouts.set(keyOf(refTo(composite)), whereabouts);
  }

  async get(ref: Parameters<HubReader['get']>[0]): Promise<KubeObject | undefined> {
    const object = await this.#hub.get(ref);
    return object === undefined ? undefined : this.imagine(object);
  }

  async list(selector: Parameters<HubReader['list']>[0]): Promise<readonly KubeObject[]> {
    return (await this.#hub.list(selector)).map((object) => this.imagine(object));
  }

  /** Returns an object as it would be. */
  imagine(object: KubeObject): KubeObject {
    const key = keyOf(refTo(object));
    const whereabouts = this.#whereabouts.get(key);
    return this.#clusterSets.get(key) ?? (whereabouts === undefined ? object : reporting(object, whereabouts));
  }
}

/** Returns a composite whose status says where it is, as far as placements read that of one another. */
function reporting(composite: KubeObject, { assigned, rescheduledAt }: Whereabouts): KubeObject {
  const status = isJsonObject(composite.status) ? composite.status : {};
  const placement = isJsonObject(status['placement']) ? status['placement'] : {};
  const reported: JsonObject = {
    ...status,
    placement: { ...placement, ...(rescheduledAt !== undefined && { rescheduledAt }) },
    assignments: assigned.map(({ cluster, clusterSet }) => ({
      cluster,
      clusterSet: clusterSet.name,
      phase: 'Healthy',
    })),
    ...(composite.kind === 'ComputeNamespace' && { readyClusters: assigned.map(({ cluster }) => cluster) }),
  };
  return { ...composite, status: reported };
}
