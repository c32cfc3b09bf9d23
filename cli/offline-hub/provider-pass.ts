import type { KubeObject, ObjectMeta } from '../../functions/kube/object.ts';
import { type NewCondition, withConditions } from './conditions.ts';
import { asList, asObject } from './lenient-json.ts';
import type { MemberCluster } from './member-cluster.ts';
import { finalizersOf, type ObjectRef, refTo } from './object-ref.ts';
import type { ObjectStore } from './object-store.ts';
import { type ObjectSpec, readObjectSpec } from './provider-object.ts';
import { available, creating, deleting, readinessOf, success } from './provider-readiness.ts';
import type { Written } from './refusal.ts';
import type { VirtualClock } from './virtual-clock.ts';

/** What the provider works with. */
export interface ProviderParts {
  readonly hub: ObjectStore;
  readonly clock: VirtualClock;
  /** Returns the member that a provider config reaches. */
  memberOf(config: ObjectSpec['providerConfig']): MemberCluster | undefined;
}

/** When to come back: at the next poll, at once with growing delays, or not before something changes. */
export type Next = 'Poll' | 'Requeue' | 'Done';

const finalizer = 'finalizer.managedresource.crossplane.io';
const manager = 'provider-kubernetes';

/**
 * Reconciles one Object of provider-kubernetes v1.2.1 once, in the order of crossplane-runtime's managed reconciler. While the
 * member cannot be reached only Synced changes: Ready keeps its last value, and a deletion waits.
 */
export function reconcileObject(parts: ProviderParts, ref: ObjectRef): Next {
  const object = parts.hub.get(ref);
  if (object === undefined) return 'Done';
  const spec = readObjectSpec(object);
  const isDeleted = object.metadata.deletionTimestamp !== undefined;
  if (isDeleted && !spec.may('Delete')) return releaseObject(parts, ref);
  annotate(parts, ref, {
    'crossplane.io/external-name': object.metadata.annotations?.['crossplane.io/external-name'] ?? ref.name,
  });
  const { kind, name } = spec.providerConfig;
  const member = parts.memberOf(spec.providerConfig);
  if (member === undefined)
    return fail(
      parts,
      ref,
      `connect failed: cannot get provider config: ${kind}.kubernetes.m.crossplane.io "${name}" not found`,
    );
  const unreachable = unreachableReason(member, spec.manifest);
  if (unreachable !== undefined) return fail(parts, ref, `observe failed: cannot get object: ${unreachable}`);
  const remote = member.store.get(refTo(spec.manifest));
  if (isDeleted) return deleteRemote(parts, object, member, remote);
  if (remote === undefined && !spec.may('Create'))
    return fail(parts, ref, 'observe failed: external resource does not exist');
  editMetadata(parts, ref, (metadata) => ({
    ...metadata,
    finalizers: [...new Set([...finalizersOf(object), finalizer])],
  }));
  return remote === undefined ? createRemote(parts, ref, spec, member) : updateRemote(parts, ref, spec, member, remote);
}

function unreachableReason(member: MemberCluster, manifest: KubeObject): string | undefined {
  if (!member.isDown) return member.admission.refuseKind(manifest.apiVersion, manifest.kind)?.message;
  return `Get "https://${member.name}:6443/api": dial tcp: connect: connection refused`;
}

function deleteRemote(
  parts: ProviderParts,
  object: KubeObject,
  member: MemberCluster,
  remote: KubeObject | undefined,
): Next {
  const ref = refTo(object);
  if (finalizersOf(object).length > 1) return 'Requeue';
  if (remote === undefined) return releaseObject(parts, ref);
  member.store.delete(refTo(remote));
  report(parts, ref, [deleting, success]);
  return 'Requeue';
}

function createRemote(parts: ProviderParts, ref: ObjectRef, spec: ObjectSpec, member: MemberCluster): Next {
  const timestamp = parts.clock.timestamp();
  annotate(parts, ref, { 'crossplane.io/external-create-pending': timestamp });
  const created = applyManifest(ref, spec, member);
  if (created.refusal !== undefined) {
    annotate(parts, ref, { 'crossplane.io/external-create-failed': timestamp });
    return fail(parts, ref, `create failed: cannot create object: cannot create object: ${created.refusal.message}`, [
      creating,
    ]);
  }
  annotate(parts, ref, { 'crossplane.io/external-create-succeeded': timestamp });
  report(parts, ref, [creating, success], created.object);
  return 'Requeue';
}

function updateRemote(
  parts: ProviderParts,
  ref: ObjectRef,
  spec: ObjectSpec,
  member: MemberCluster,
  remote: KubeObject,
): Next {
  const readiness = readinessOf(spec, remote);
  const upToDate = [...readiness, ...(spec.policy === 'SuccessfulCreate' ? [available] : []), success];
  const updated: Written = spec.may('Update') ? applyManifest(ref, spec, member) : { object: remote, changed: false };
  if (updated.refusal !== undefined) {
    return fail(
      parts,
      ref,
      `observe failed: cannot get desired state: cannot dry run SSA: ${updated.refusal.message}`,
      readiness,
      remote,
    );
  }
  const { object, changed } = updated;
  const isReady = readinessOf(spec, object).includes(available);
  if (spec.policy === 'DeriveFromCelQuery' && !isReady) member.satisfy(object, spec.celQuery);
  report(parts, ref, changed ? [...readinessOf(spec, object), success] : upToDate, object);
  return 'Poll';
}

function applyManifest(ref: ObjectRef, spec: ObjectSpec, member: MemberCluster): Written {
  return member.store.apply(spec.manifest, `provider-kubernetes/${ref.name}`);
}

function fail(
  parts: ProviderParts,
  ref: ObjectRef,
  message: string,
  more: readonly NewCondition[] = [],
  remote?: KubeObject,
): Next {
  report(parts, ref, [...more, { type: 'Synced', status: 'False', reason: 'ReconcileError', message }], remote);
  return 'Requeue';
}

function report(
  { hub, clock }: ProviderParts,
  ref: ObjectRef,
  conditions: readonly NewCondition[],
  remote?: KubeObject,
): void {
  hub.update(
    ref,
    manager,
    (object) => {
      const before = asObject(object.status);
      const status = remote === undefined ? before : { ...before, atProvider: { manifest: remote } };
      const { generation = 0 } = object.metadata;
      const marked = conditions.map((condition) =>
        condition.type === 'Synced' ? { ...condition, observedGeneration: generation } : condition,
      );
      return { ...object, status: withConditions(status, marked, clock.timestamp()) };
    },
    'status',
  );
}

function annotate(parts: ProviderParts, ref: ObjectRef, annotations: { readonly [key: string]: string }): void {
  editMetadata(parts, ref, (metadata) => ({ ...metadata, annotations: { ...metadata.annotations, ...annotations } }));
}

function releaseObject(parts: ProviderParts, ref: ObjectRef): Next {
  editMetadata(parts, ref, (metadata) => {
    return { ...metadata, finalizers: asList(metadata['finalizers']).filter((name) => name !== finalizer) };
  });
  return 'Done';
}

function editMetadata({ hub }: ProviderParts, ref: ObjectRef, change: (metadata: ObjectMeta) => ObjectMeta): void {
  hub.update(ref, manager, (object) => ({ ...object, metadata: change(object.metadata) }));
}
