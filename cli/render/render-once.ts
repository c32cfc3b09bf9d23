import type { JsonObject } from '../../functions/kube/json.ts';
import { conditionsOf, type KubeObject } from '../../functions/kube/object.ts';
import { formatTimestamp } from '../../functions/kube/timestamp.ts';
import type { FunctionClient } from '../../functions/runtime/client.ts';
import type { Instant } from '../../functions/runtime/composition-function.ts';
import { Ready } from '../../functions/runtime/proto.ts';
import { compositeLabel, renderComposed } from '../offline-hub/composed-resource.ts';
import { withGeneration } from '../offline-hub/composite-conditions.ts';
import { withConditions } from '../offline-hub/conditions.ts';
import { asObject } from '../offline-hub/lenient-json.ts';
import { findRequired } from '../offline-hub/object-reader.ts';
import { stepsOf } from '../offline-hub/packages.ts';
import { type Notice, type PipelineParts, type PipelineResult, runPipeline } from '../offline-hub/pipeline.ts';
import { compositeUid } from './composite-uid.ts';
import { finalComposite, type RenderedResource } from './final-composite.ts';
import { givenObjects } from './given-objects.ts';
import { observeGiven, referTo } from './observe-given.ts';
import { callableSteps } from './step-clients.ts';

/** What one reconcile is rendered from. */
export interface RenderInput {
  readonly composite: KubeObject;
  readonly composition: KubeObject;
  readonly functions: ReadonlyMap<string, FunctionClient>;
  readonly observed: readonly KubeObject[];
  readonly required: readonly KubeObject[];
  /** Secrets for the functions whose steps name them. */
  readonly credentials?: readonly KubeObject[];
  /** Finds the OpenAPI schemas that functions ask for; without it no kind has one. */
  readonly schemaOf?: PipelineParts['schemaOf'];
  /** What the context of the pipeline holds before its first step. */
  readonly context: JsonObject;
  readonly now: Instant;
}

/** What one reconcile came to. */
export interface Rendered {
  /** What is written of the composite: references and status. */
  readonly composite: KubeObject;
  /** The composed resources, by composition resource name. */
  readonly composed: readonly KubeObject[];
  readonly notices: readonly Notice[];
  readonly context: JsonObject;
}

/** Why a composite cannot be rendered, in core's words. */
export class RenderFailure extends Error {
  override readonly name = 'RenderFailure';
}

/**
 * Reconciles one composite once, as core does for `crossplane composition render` (internal/render/composite): with nothing but the
 * objects that are given, and without an API server's schemas and defaults. Throws a RenderFailure where core stops.
 */
export async function renderOnce(input: RenderInput): Promise<Rendered> {
  const timestamp = formatTimestamp(input.now);
  const { uid = compositeUid(input.composite) } = input.composite.metadata;
  const stored = referTo({ ...input.composite, metadata: { ...input.composite.metadata, uid } }, input.observed);
  const given = givenObjects([...input.observed, ...input.required, ...(input.credentials ?? []), stored]);
  const composite = prepare(stored, input.composition, timestamp);
  const observed = observeGiven(composite, uid, given);
  const { steps, clients } = callableSteps(stepsOf(input.composition), input.functions, input.context);
  let calls = 0;
  const result = await runPipeline(steps, composite, observed, {
    functions: clients,
    find: (selector) => findRequired(given, selector),
    secret: given.get,
    schemaOf: input.schemaOf ?? (() => undefined),
    remembered: () => [],
    tag: () => `call-${++calls}`,
  });
  if (result.error !== undefined) throw new RenderFailure(`cannot compose resources: ${result.error}`);
  const { resources, overridden } = renderResources(composite, observed, result);
  const unready = resources.filter(({ isReady }) => !isReady);
  return {
    composite: finalComposite(composite, resources, result, conditionsOf(composite), timestamp),
    composed: resources.map(({ object }) => object),
    notices: [
      ...selected(stored, input.composition),
      ...result.notices,
      ...overridden,
      ...unready.map(({ key }) => notice('Normal', 'ComposeResources', `Composed resource "${key}" is not yet ready`)),
    ],
    context: result.context,
  };
}

/** Returns a composite as the pipeline sees it: with its Composition, core's label and core's first condition. */
function prepare(given: KubeObject, composition: KubeObject, timestamp: string): KubeObject {
  const spec = asObject(given.spec);
  const compositionRef = { name: composition.metadata.name ?? '' };
  const responsive = { type: 'Responsive', status: 'True', reason: 'WatchCircuitClosed' } as const;
  const labels = { [compositeLabel]: given.metadata.name ?? '', ...given.metadata.labels };
  return {
    ...given,
    metadata: { resourceVersion: '999', ...given.metadata, labels },
    spec: { ...spec, crossplane: { ...asObject(spec['crossplane']), compositionRef } },
    status: withConditions(asObject(given.status), [withGeneration(responsive, given)], timestamp),
  };
}

function selected({ spec }: KubeObject, { metadata: { name = '' } }: KubeObject): readonly Notice[] {
  const before = asObject(asObject(asObject(spec)['crossplane'])['compositionRef'])['name'];
  return before === name ? [] : [notice('Normal', 'SelectComposition', `Successfully selected composition: ${name}`)];
}

function renderResources(
  composite: KubeObject,
  observed: ReadonlyMap<string, KubeObject>,
  { desired }: PipelineResult,
) {
  const resources: RenderedResource[] = [];
  const overridden: Notice[] = [];
  for (const [key, { resource, ready }] of Object.entries(desired?.resources ?? {}).sort(([a], [b]) =>
    a < b ? -1 : 1,
  )) {
    const { object, overriddenNamespace } = rendered(key, resource ?? {}, composite, observed.get(key));
    resources.push({ key, object, isReady: ready === Ready.READY_TRUE });
    if (overriddenNamespace === undefined) continue;
    const message = `cannot create composed resource "${key}" in namespace "${overriddenNamespace}", using XR namespace "${composite.metadata.namespace}" instead`;
    overridden.push(notice('Warning', 'NamespaceOverridden', message));
  }
  return { resources, overridden };
}

function rendered(...args: Parameters<typeof renderComposed>): ReturnType<typeof renderComposed> {
  try {
    return renderComposed(...args);
  } catch (error) {
    throw new RenderFailure(`cannot compose resources: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function notice(type: Notice['type'], reason: string, message: string): Notice {
  return { type, reason, message };
}
