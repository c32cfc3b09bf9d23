import type { AssignmentSliceSpec } from '../../generated/types.ts';
import { isJsonObject } from '../../kube/json.ts';
import type { KubeObject } from '../../kube/object.ts';
import type { ResourceSelector } from '../../runtime/composition-function.ts';
import { crossplyApiVersion } from '../../runtime/validate-request.ts';
import { pendingOf, readPromises } from '../../slices/capacity-promises.ts';
import { observedSlices } from '../../slices/observed-slices.ts';
import { isDone } from '../../slices/placed-assignment.ts';
import { promisesLabel } from '../../slices/placement-memory.ts';

/** What another composite of the namespace was promised on a cluster and no report contains yet. */
export interface OtherPromise {
  readonly cluster: string;
  /** In units of 10^-9. */
  readonly pending: bigint;
  readonly isHealthyThere: boolean;
  readonly owner: PromiseOwner;
}

/** Whom something was promised. */
export interface PromiseOwner {
  readonly kind: string;
  readonly name: string;
  /** As Kubernetes writes a time; empty when it is not known. */
  readonly createdAt: string;
}

/** Returns what selects the slices of a namespace that hold promises. */
export function slicesWithPromises(namespace: string): ResourceSelector {
  return {
    apiVersion: crossplyApiVersion,
    kind: 'AssignmentSlice',
    namespace,
    match: { labels: { [promisesLabel]: 'true' } },
  };
}

/** Returns what others than a composite were promised of a property and no report contains yet. */
export function otherPromises(
  slices: readonly KubeObject[],
  self: Pick<PromiseOwner, 'kind' | 'name'>,
  property: string,
): readonly OtherPromise[] {
  const others = slices.filter(({ spec }) => {
    const owner = ownerOf(spec);
    return owner !== undefined && (owner.kind !== self.kind || owner.name !== self.name);
  });
  const byOwner = Map.groupBy(others, ({ spec }) => `${ownerOf(spec)?.kind}/${ownerOf(spec)?.name}`);
  return [...byOwner].sort(([a], [b]) => (a < b ? -1 : 1)).flatMap(([, own]) => promisesOf(own, property));
}

function promisesOf(slices: readonly KubeObject[], property: string): readonly OtherPromise[] {
  const named = new Map(slices.map((slice) => [slice.metadata.name ?? '', slice]));
  return observedSlices(named).flatMap(({ object: { spec }, entries }) => {
    const promises = (spec as Partial<AssignmentSliceSpec> | undefined)?.promises;
    const { kind = '', name = '' } = ownerOf(spec) ?? {};
    const owner = { kind, name, createdAt: promises?.ownerCreatedAt ?? '' };
    const healthy = new Set(entries.filter(isDone).map(({ assignment }) => assignment.cluster));
    return [...readPromises(promises, property)].flatMap(([cluster, promise]) => {
      const pending = pendingOf(promise);
      return pending === 0n ? [] : [{ cluster, pending, isHealthyThere: healthy.has(cluster), owner }];
    });
  });
}

function ownerOf(spec: KubeObject['spec']): { readonly kind: string; readonly name: string } | undefined {
  const owner = isJsonObject(spec) ? (spec as Partial<AssignmentSliceSpec>).owner : undefined;
  return owner === undefined ? undefined : { kind: owner.kind, name: owner.name };
}

/** Tells whether what an owner was promised comes before what another one was: the older first, then by kind and name. */
export function comesBefore(a: PromiseOwner, b: PromiseOwner): boolean {
  const keyOf = ({ createdAt, kind, name }: PromiseOwner) => `${createdAt} ${kind}/${name}`;
  return keyOf(a) < keyOf(b);
}
