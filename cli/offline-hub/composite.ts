import type { JsonObject } from '../../functions/kube/json.ts';
import { conditionsOf, type KubeObject, type ObjectMeta } from '../../functions/kube/object.ts';
import { applyResult, runFor } from './compose.ts';
import { compositeLabel } from './composed-resource.ts';
import {
  own,
  paused,
  responsive,
  summarise,
  systemConditions,
  unseen,
  withGeneration,
} from './composite-conditions.ts';
import { type NewCondition, setConditions, withConditions } from './conditions.ts';
import { ComposeFailure, type CoreParts } from './core-parts.ts';
import { asObject } from './lenient-json.ts';
import type { ObjectReader } from './object-reader.ts';
import { finalizersOf, keyOf, type ObjectRef, refTo } from './object-ref.ts';
import { compositionOf, revisionName, stepsOf } from './packages.ts';
import type { PipelineResult } from './pipeline.ts';

/** What one reconcile of a composite came to. */
export interface Pass {
  readonly composite: ObjectRef;
  readonly outcome: 'Composed' | 'Failed' | 'Conflict' | 'Paused' | 'Deleted' | 'Gone';
  /** Why it failed. */
  readonly message?: string;
  /** What the pipeline answered, when it ran. */
  readonly result?: PipelineResult;
  /** Whether anything in the hub is different now. */
  readonly isChanged: boolean;
}

const finalizer = 'composite.apiextensions.crossplane.io';
const manager = 'crossplane';

/** Reconciles one composite once, as Crossplane core v2.4 does (internal/controller/apiextensions/composite). */
export async function reconcileComposite(parts: CoreParts, ref: ObjectRef, reader: ObjectReader): Promise<Pass> {
  const { store, tracker } = parts;
  const before = store.version;
  const pass = (outcome: Pass['outcome'], more: Partial<Pass> = {}): Pass => ({
    composite: ref,
    outcome,
    isChanged: store.version !== before,
    ...more,
  });
  const composite = store.get(ref);
  if (composite === undefined) {
    tracker.forget(keyOf(ref));
    return pass('Gone');
  }
  if (composite.metadata.annotations?.['crossplane.io/paused'] === 'true') {
    mark(parts, ref, [responsive(parts, ref), paused]);
    return pass('Paused');
  }
  if (composite.metadata.deletionTimestamp !== undefined) {
    tracker.forget(keyOf(ref));
    edit(parts, ref, ({ finalizers, ...metadata }) => ({
      ...metadata,
      finalizers: finalizers.filter((name) => name !== finalizer),
    }));
    return pass('Deleted');
  }
  const composition = prepare(parts, ref);
  const prepared = store.get(ref) ?? composite;
  const seen = store.version === before ? cached(reader, prepared) : prepared;
  const responsiveness = withGeneration(responsive(parts, ref), seen);
  try {
    if (composition === undefined)
      throw new ComposeFailure('cannot select Composition: no compatible Compositions found');
    const { observed, result } = await runFor(parts, reader, seen, stepsOf(composition));
    for (const notice of result.error === undefined ? [] : result.notices) parts.tell(ref, notice);
    if (result.error !== undefined)
      return pass('Failed', { ...fail(parts, seen, responsiveness, result.error, result), result });
    const kept = setConditions(conditionsOf(seen), [responsiveness], parts.clock.timestamp());
    const composed = applyResult(parts, seen, observed, result, kept);
    for (const notice of composed.notices) parts.tell(ref, notice);
    mark(parts, ref, [...own(result.conditions), ...summarise(composed)]);
    return pass('Composed', { result });
  } catch (error) {
    if (!(error instanceof ComposeFailure)) throw error;
    if (error.isConflict) return pass('Conflict', { message: error.message });
    return pass('Failed', fail(parts, seen, responsiveness, error.message));
  }
}

/** Gives the composite what it needs before its first pipeline, each in a write of its own, and returns its Composition. */
function prepare(parts: CoreParts, ref: ObjectRef): KubeObject | undefined {
  edit(parts, ref, (metadata) => ({ ...metadata, finalizers: [...new Set([...metadata.finalizers, finalizer])] }));
  const composite = parts.store.get(ref);
  const composition = composite && compositionOf(parts.store, composite);
  if (composition === undefined) return undefined;
  writeCrossplane(parts, ref, { compositionRef: { name: composition.metadata.name ?? '' } });
  writeCrossplane(parts, ref, { compositionRevisionRef: { name: revisionName(composition) } });
  edit(parts, ref, ({ labels, ...metadata }) => ({ ...metadata, labels: { [compositeLabel]: ref.name, ...labels } }));
  return composition;
}

/** Returns the composite as core's cache shows it. The cache lags behind but never goes back: the spec is that of the pass before. */
function cached(reader: ObjectReader, prepared: KubeObject): KubeObject {
  const { uid, generation } = prepared.metadata;
  const shown = reader.get(refTo(prepared)) ?? prepared;
  return shown.metadata.uid === uid && shown.metadata.generation === generation ? shown : prepared;
}

function edit(
  { store }: CoreParts,
  ref: ObjectRef,
  change: (metadata: ObjectMeta & { finalizers: string[] }) => ObjectMeta,
): void {
  store.update(ref, manager, (object) => {
    const metadata = { ...object.metadata, finalizers: finalizersOf(object) };
    return { ...object, metadata: change(metadata) };
  });
}

function writeCrossplane({ store }: CoreParts, ref: ObjectRef, fields: JsonObject): void {
  store.update(ref, manager, (object) => {
    const spec = asObject(object.spec);
    return { ...object, spec: { ...spec, crossplane: { ...asObject(spec['crossplane']), ...fields } } };
  });
}

/** Writes why a pass failed. Like core's update it is lost when the composite was written to in the meantime. */
function fail(
  parts: CoreParts,
  prepared: KubeObject,
  responsiveness: NewCondition,
  cause: string,
  result?: PipelineResult,
): { readonly message: string } {
  const ref = refTo(prepared);
  const message = cause.startsWith('cannot select') ? cause : `cannot compose resources: ${cause}`;
  parts.tell(ref, { type: 'Warning', reason: 'ComposeResources', message });
  if (parts.store.get(ref)?.metadata.resourceVersion !== prepared.metadata.resourceVersion) return { message };
  const seen = own(result?.conditions ?? []);
  const synced: NewCondition = { type: 'Synced', status: 'False', reason: 'ReconcileError', message };
  mark(parts, ref, [responsiveness, ...seen, synced, ...unseen(prepared, seen)]);
  return { message };
}

/** Sets conditions; those of the system carry the generation they speak of. */
function mark({ store, clock }: CoreParts, ref: ObjectRef, conditions: readonly NewCondition[]): void {
  store.update(
    ref,
    manager,
    (object) => {
      const marked = conditions.map((condition) =>
        systemConditions.has(condition.type) ? withGeneration(condition, object) : condition,
      );
      return { ...object, status: withConditions(asObject(object.status), marked, clock.timestamp()) };
    },
    'status',
  );
}
