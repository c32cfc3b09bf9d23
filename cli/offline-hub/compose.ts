import { createHash } from 'node:crypto';
import type { JsonObject } from '../../functions/kube/json.ts';
import { type Condition, groupOf, type KubeObject } from '../../functions/kube/object.ts';
import { Ready } from '../../functions/runtime/proto.ts';
import { collectUndesired } from './collect-undesired.ts';
import { type Rendered, renderComposed } from './composed-resource.ts';
import { ComposeFailure, type CoreParts } from './core-parts.ts';
import { asObject } from './lenient-json.ts';
import { findRequired, type ObjectReader } from './object-reader.ts';
import { keyOf, refTo } from './object-ref.ts';
import { observeComposed } from './observe-composed.ts';
import { type Notice, type PipelineResult, type PipelineStep, runPipeline } from './pipeline.ts';

/** What one successful pass of a pipeline did. */
export interface Composed {
  readonly resources: readonly { readonly key: string; readonly isReady: boolean; readonly isSynced: boolean }[];
  /** What the function says about the composite itself; it overrides the resources. */
  readonly isReady?: boolean;
  readonly notices: readonly Notice[];
  readonly result: PipelineResult;
}

interface Desired extends Rendered {
  readonly key: string;
  readonly isReady: boolean;
}

/** The field manager of a composite's references and status. */
export const compositeManager = 'apiextensions.crossplane.io/composite';

/** Runs the pipeline of a composite without applying anything. Throws what core fails with before its first call. */
export async function runFor(
  parts: CoreParts,
  reader: ObjectReader,
  composite: KubeObject,
  steps: readonly PipelineStep[],
): Promise<{ readonly observed: ReadonlyMap<string, KubeObject>; readonly result: PipelineResult }> {
  const observed = observeComposed(parts, reader, composite);
  const isCold = parts.faults.startsCold();
  const self = keyOf(refTo(composite));
  const result = await runPipeline(steps, composite, observed, {
    functions: parts.functions,
    secret: (ref) => parts.store.get(ref),
    // The offline hub serves no OpenAPI; this is how core answers for a kind that it cannot find.
    schemaOf: () => undefined,
    tag: parts.tag,
    remembered: (step) => (isCold ? [] : parts.tracker.requirements(self, step)),
    find: (selector) => {
      const refusal = parts.admission.refuseKind(selector.apiVersion, selector.kind);
      if (refusal !== undefined) throw new Error(`cannot list required resources: ${refusal.message}`);
      return findRequired(reader, selector);
    },
  });
  return { observed, result };
}

/**
 * Makes the hub what a pipeline desires, in core's order: collect what is no longer desired, write the references, apply every
 * resource, write the status, remember the dependencies. Throws a ComposeFailure where core stops.
 */
export function applyResult(
  parts: CoreParts,
  composite: KubeObject,
  observed: ReadonlyMap<string, KubeObject>,
  result: PipelineResult,
  conditions: readonly Condition[],
): Composed {
  const desired = render(composite, observed, result);
  collectUndesired(parts, composite, observed, new Set(desired.map(({ key }) => key)));
  writeReferences(parts, composite, desired);
  const notices: Notice[] = [...result.notices];
  const resources: { key: string; isReady: boolean; isSynced: boolean }[] = [];
  const manager = composedManager(composite);
  for (const { key, object, isReady, overriddenNamespace } of parts.faults.order(desired)) {
    if (overriddenNamespace !== undefined) {
      const message = `cannot create composed resource "${key}" in namespace "${overriddenNamespace}", using XR namespace "${composite.metadata.namespace}" instead`;
      notices.push({ type: 'Warning', reason: 'NamespaceOverridden', message });
    }
    const { refusal } = parts.store.apply(object, manager);
    const message = `cannot apply composed resource "${key}": ${refusal?.message}`;
    if (refusal?.reason === 'Invalid') notices.push({ type: 'Warning', reason: 'ComposeResources', message });
    else if (refusal !== undefined) throw new ComposeFailure(message, refusal.reason === 'Conflict');
    resources.push({ key, isReady, isSynced: refusal === undefined });
  }
  writeStatus(parts, composite, result, conditions);
  parts.tracker.track(
    keyOf(refTo(composite)),
    desired.map(({ object }) => refTo(object)),
    result.required,
  );
  const ready = result.desired?.composite?.ready;
  const isDecided = ready === Ready.READY_TRUE || ready === Ready.READY_FALSE;
  return { resources, notices, result, ...(isDecided && { isReady: ready === Ready.READY_TRUE }) };
}

function render(
  composite: KubeObject,
  observed: ReadonlyMap<string, KubeObject>,
  { desired }: PipelineResult,
): Desired[] {
  return Object.entries(desired?.resources ?? {}).map(([key, { resource, ready }]) => {
    try {
      return {
        key,
        isReady: ready === Ready.READY_TRUE,
        ...renderComposed(key, resource ?? {}, composite, observed.get(key)),
      };
    } catch (error) {
      throw new ComposeFailure(error instanceof Error ? error.message : String(error));
    }
  });
}

function writeReferences(parts: CoreParts, composite: KubeObject, desired: readonly Desired[]): void {
  const resourceRefs = desired
    .map(({ object: { apiVersion, kind, metadata } }) => ({
      apiVersion,
      kind,
      name: metadata.name ?? '',
      ...(composite.metadata.namespace === undefined &&
        metadata.namespace !== undefined && { namespace: metadata.namespace }),
    }))
    .sort((a, b) => (a.apiVersion + a.kind + a.name < b.apiVersion + b.kind + b.name ? -1 : 1));
  const { apiVersion, kind, metadata } = composite;
  const { name = '', namespace } = metadata;
  const self = { name, ...(namespace !== undefined && { namespace }) };
  const { refusal } = parts.store.apply(
    { apiVersion, kind, metadata: self, spec: { crossplane: { resourceRefs } } },
    compositeManager,
  );
  if (refusal !== undefined) throw new ComposeFailure(`cannot update composed resource references: ${refusal.message}`);
}

function writeStatus(
  { store }: CoreParts,
  composite: KubeObject,
  { desired }: PipelineResult,
  conditions: readonly Condition[],
): void {
  const { metadata, status }: JsonObject = desired?.composite?.resource ?? {};
  const intent = { ...asObject(status), ...(conditions.length > 0 && { conditions }) };
  const { resourceVersion } = asObject(metadata);
  const { refusal } = store.applyStatus(refTo(composite), intent, compositeManager, resourceVersion);
  if (refusal === undefined) return;
  const message = `cannot apply composite resource status: ${refusal.message}`;
  throw new ComposeFailure(message, refusal.reason === 'Conflict');
}

/** The field manager of what a composite composes; the uid and the namespace are not part of it. */
function composedManager({ apiVersion, kind, metadata }: KubeObject): string {
  const hash = createHash('sha256')
    .update(`${metadata.name}${kind}.${groupOf(apiVersion)}`)
    .digest('hex');
  return `apiextensions.crossplane.io/composed/${hash}`;
}
