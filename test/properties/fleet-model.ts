import type { Verdict } from '../../functions/cluster-selector/placement.ts';
import { placementKey, readPlacementContext } from '../../functions/cluster-selector/placement-context.ts';
import type { AssignmentSliceSpec, Member } from '../../functions/generated/types.ts';
import type { Json, JsonObject } from '../../functions/kube/json.ts';
import type { KubeObject } from '../../functions/kube/object.ts';
import { registry } from '../../functions/registry.ts';
import { readRevision } from '../../functions/revision/revision-content.ts';
import type {
  DesiredResource,
  FunctionRequest,
  FunctionResponse,
  Instant,
} from '../../functions/runtime/composition-function.ts';
import { type ObservedSlice, observedSlices } from '../../functions/slices/observed-slices.ts';

const start = Date.UTC(2026, 0, 1);

/** A cluster of the fleet: the ClusterSet that lists it, and whether it gets healthy. */
export type ModelCluster = { readonly set: string; readonly isGood: boolean };

/** What is wished for in one pass. */
export type Wishes = {
  readonly version: number;
  readonly manifests: number;
  readonly numberOfClusters?: number;
  readonly clusters: ReadonlyMap<string, ModelCluster>;
  /** ClusterSets that are not found this time. */
  readonly missingSets: ReadonlySet<string>;
};

/** What FanOut decided in one pass, with what it saw. */
export type PassResult = {
  readonly before: readonly ObservedSlice[];
  readonly after: readonly ObservedSlice[];
  readonly verdicts: readonly Verdict[];
  readonly chosen: number;
  /** Names of the Revisions that are desired. */
  readonly revisions: ReadonlySet<string>;
};

/** A composite on a hub that does what core and the provider do with the answers of FanOut and Delivery, in plain data. */
export class FleetModel {
  #observed = new Map<string, KubeObject>();
  #objects = new Map<string, Map<string, KubeObject>>();
  #now: Instant = start;

  /** Runs the steps of the composite once and applies what they desire. */
  pass(wishes: Wishes): PassResult {
    this.#now += 10_000;
    const before = observedSlices(this.#observed);
    const input = { inventory: { clusterSets: { fieldPath: 'spec.clusterSets' } } };
    const required = new Map(
      ['east', 'west'].map((set) => [`cluster-set/platform/${set}`, clusterSetsOf(set, wishes)] as const),
    );
    const selected = this.#run('ClusterSelector', input, { composite: compositeOf(wishes), required });
    const context = new Map<string, Json>(Object.entries(selected.context ?? {}));
    const desired = new Map(
      Array.from({ length: wishes.manifests }, (_, index) => [`config-${index}`, configMap(index, wishes)] as const),
    );
    const answer = this.#run(
      'FanOut',
      { namespaceFieldPath: 'spec.namespace' },
      {
        composite: compositeOf(wishes),
        context,
        desired,
      },
    );
    this.#apply(answer.resources ?? new Map());
    const placement = readPlacementContext(context)?.placement;
    if (placement === undefined) throw new Error(`no ${placementKey} in the context`);
    return {
      before,
      after: observedSlices(this.#observed),
      verdicts: placement.verdicts,
      chosen: placement.chosen.length,
      revisions: new Set([...this.#observed.values()].flatMap((object) => readRevision(object)?.name ?? [])),
    };
  }

  /** Runs Delivery for one slice, with its Revisions or without, and lets the good clusters get healthy. Returns the keys of the Objects that it removed. */
  deliver(key: string, wishes: Wishes, hasRevisions: boolean): readonly string[] {
    const slice = this.#observed.get(key);
    if (slice === undefined) return [];
    const objects = this.#objects.get(key) ?? new Map<string, KubeObject>();
    const { assignments } = slice.spec as AssignmentSliceSpec;
    const required = new Map<string, readonly KubeObject[]>();
    for (const { cluster, revision, state } of assignments) {
      const ofCluster = [...objects.values()].filter(
        ({ metadata }) => metadata.labels?.['crossply.dev/cluster'] === cluster,
      );
      if (state === 'Leaving') required.set(`leaving/${cluster}`, ofCluster);
      else if (hasRevisions) {
        const found = [...this.#observed.values()].filter((object) => readRevision(object)?.name === revision);
        required.set(`revision/${revision}`, found);
      }
    }
    const answer = this.#run('Delivery', undefined, { composite: slice, resources: objects, required });
    const next = new Map(
      [...(answer.resources ?? [])].map(([name, { resource }]) => [name, delivered(resource, wishes)] as const),
    );
    this.#objects.set(key, next);
    this.#observed.set(key, { ...slice, status: (answer.status ?? {}) as JsonObject });
    return [...objects.keys()].filter((name) => !next.has(name));
  }

  #apply(resources: ReadonlyMap<string, DesiredResource>): void {
    const next = new Map<string, KubeObject>();
    for (const [key, { resource }] of resources) {
      const live = this.#observed.get(key);
      next.set(key, { ...resource, ...(live?.status !== undefined && { status: live.status }) });
    }
    for (const key of this.#objects.keys()) {
      if (!next.has(key)) this.#objects.delete(key);
    }
    this.#observed = next;
  }

  #run(
    kind: string,
    spec: JsonObject | undefined,
    given: {
      readonly composite: KubeObject;
      readonly resources?: ReadonlyMap<string, KubeObject>;
      readonly required?: FunctionRequest['required'];
      readonly context?: FunctionRequest['context'];
      readonly desired?: ReadonlyMap<string, DesiredResource>;
    },
  ): FunctionResponse {
    const composition = registry.get(kind);
    if (composition === undefined) throw new Error(`there is no function ${kind}`);
    const { composite, resources = this.#observed, required = new Map(), context = new Map() } = given;
    const response = composition.run(
      {
        input: { kind, ...(spec !== undefined && { spec }) },
        context,
        observed: { composite, resources },
        desired: { status: {}, resources: given.desired ?? new Map() },
        required,
      },
      { now: this.#now },
    );
    if (response.fatal !== undefined) throw new Error(response.fatal);
    return response;
  }
}

function compositeOf({ numberOfClusters }: Wishes): KubeObject {
  return {
    apiVersion: 'test.dev/v1',
    kind: 'Shop',
    metadata: { name: 'shop', namespace: 'team' },
    spec: {
      namespace: 'shop',
      clusterSets: ['east', 'west'].map((name) => ({ namespace: 'platform', name })),
      placement: numberOfClusters === undefined ? {} : { numberOfClusters },
    },
  };
}

function clusterSetsOf(set: string, { clusters, missingSets }: Wishes): readonly KubeObject[] {
  if (missingSets.has(set)) return [];
  const members = [...clusters]
    .filter(([, cluster]) => cluster.set === set)
    .map(
      ([name]): Member => ({
        name,
        clusterProfile: { namespace: 'fleet', name },
        providerConfig: { kind: 'ClusterProviderConfig', name },
        healthy: true,
      }),
    );
  const metadata = { name: set, namespace: 'platform' };
  return [{ apiVersion: 'crossply.dev/v1alpha1', kind: 'ClusterSet', metadata, spec: {}, status: { members } }];
}

function configMap(index: number, { version }: Wishes): DesiredResource {
  const metadata = { name: `config-${index}` };
  const data = { version: String(version), cluster: '${cluster.name}' };
  return { resource: { apiVersion: 'v1', kind: 'ConfigMap', metadata, data } };
}

/** What the provider makes of an Object: applied and ready on a good cluster, refused on a bad one. */
function delivered(object: KubeObject, { clusters }: Wishes): KubeObject {
  const isGood = clusters.get(object.metadata.labels?.['crossply.dev/cluster'] ?? '')?.isGood ?? true;
  const { manifest } = (object.spec as unknown as { readonly forProvider: { readonly manifest: JsonObject } })
    .forProvider;
  const condition = (type: string, status: boolean) => ({
    type,
    status: status ? 'True' : 'False',
    reason: 'Model',
    observedGeneration: 1,
    lastTransitionTime: '2026-01-01T00:00:00Z',
  });
  const conditions = [condition('Synced', true), condition('Ready', isGood)];
  return {
    ...object,
    metadata: { ...object.metadata, generation: 1 },
    status: { conditions, atProvider: { manifest } },
  };
}
