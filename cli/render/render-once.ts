import type { JsonObject } from '../../functions/kube/json.ts';
import type { KubeObject } from '../../functions/kube/object.ts';
import { formatProblems } from '../../functions/kube/problem.ts';
import { developmentTargets, ownFunction, startOwnFunctions } from '../input/functions.ts';
import { InputError } from '../input/input-error.ts';
import { builtInPackages } from '../input/packages.ts';
import { composedKey } from '../offline-hub/composed-resource.ts';
import type { Pass } from '../offline-hub/composite.ts';
import { createOfflineHub, type OfflineHub } from '../offline-hub/hub.ts';
import type { HubEvent } from '../offline-hub/journal.ts';
import { formatRef, refTo } from '../offline-hub/object-ref.ts';
import { VirtualClock } from '../offline-hub/virtual-clock.ts';
import { permissiveDefinition } from './permissive-definition.ts';

/** What one reconcile is rendered from. */
export interface RenderInput {
  readonly composite: KubeObject;
  readonly composition: KubeObject;
  /** Functions of the pipeline other than our own, annotated with where they listen. */
  readonly functions: readonly KubeObject[];
  readonly definition?: KubeObject;
  readonly observed: readonly KubeObject[];
  readonly required: readonly KubeObject[];
}

/** What one reconcile came to. */
export interface Rendered {
  readonly composite: KubeObject;
  /** The composed resources, by composition resource name. */
  readonly composed: readonly KubeObject[];
  readonly events: readonly HubEvent[];
  readonly context: JsonObject;
  readonly pass: Pass;
}

/** Reconciles one composite once, against functions that run and resources that are given. Throws with all that is wrong with the input. */
export async function renderOnce(input: RenderInput): Promise<Rendered> {
  const { targets, problems } = developmentTargets(input.functions);
  if (problems.length > 0) throw new InputError(problems.join('\n'));
  const clock = new VirtualClock();
  const server = await startOwnFunctions(() => clock.now());
  const own = builtInPackages().definitions;
  const given = input.definition === undefined ? [] : [input.definition];
  const known = [...own, ...given].some((definition) => definesKind(definition, input.composite));
  const hub = createOfflineHub({
    functions: { [ownFunction]: `127.0.0.1:${server.port}`, ...targets },
    xrds: [...own, ...given, ...(known ? [] : [permissiveDefinition(input.composite)])],
    compositions: [input.composition],
    clock,
  });
  try {
    for (const object of input.required) apply(hub, object);
    const composite = apply(hub, input.composite);
    for (const object of input.observed) adopt(hub, composite, object);
    const ref = refTo(composite);
    const pass = await hub.reconcile(ref);
    const after = hub.get(ref) ?? composite;
    return {
      composite: after,
      composed: composedBy(hub, after),
      events: hub.journal.events.filter(({ about }) => formatRef(about) === formatRef(ref)),
      context: pass.result?.context ?? {},
      pass,
    };
  } finally {
    hub.close();
    await server.stop(0);
  }
}

function definesKind({ spec }: KubeObject, { apiVersion, kind }: KubeObject): boolean {
  const { group, names } = spec as { readonly group: string; readonly names: { readonly kind: string } };
  return names.kind === kind && apiVersion.startsWith(`${group}/`);
}

function apply(hub: OfflineHub, object: KubeObject): KubeObject {
  const applied = hub.apply(object);
  if (applied.problems !== undefined)
    throw new InputError(`${formatRef(refTo(object))}: ${formatProblems(applied.problems)}`);
  return applied.value;
}

/** An observed resource counts when the composite refers to it and controls it. */
function adopt(hub: OfflineHub, composite: KubeObject, observed: KubeObject): void {
  const { namespace, uid = '', name = '' } = composite.metadata;
  const { apiVersion, kind } = composite;
  const metadata = {
    ...observed.metadata,
    ...(namespace !== undefined && { namespace }),
    ownerReferences: [{ apiVersion, kind, name, uid, controller: true, blockOwnerDeletion: true }],
  };
  const adopted = apply(hub, { ...observed, metadata });
  const resourceRef = { apiVersion: adopted.apiVersion, kind: adopted.kind, name: adopted.metadata.name ?? '' };
  hub.store.update(refTo(composite), 'crossplane', (live) => {
    const spec = (live.spec ?? {}) as JsonObject;
    const crossplane = (spec['crossplane'] ?? {}) as { readonly resourceRefs?: readonly JsonObject[] };
    return {
      ...live,
      spec: { ...spec, crossplane: { ...crossplane, resourceRefs: [...(crossplane.resourceRefs ?? []), resourceRef] } },
    };
  });
}

function composedBy(hub: OfflineHub, composite: KubeObject): readonly KubeObject[] {
  const { crossplane } = (composite.spec ?? {}) as {
    readonly crossplane?: { readonly resourceRefs?: readonly { apiVersion: string; kind: string; name: string }[] };
  };
  const namespace = composite.metadata.namespace;
  const objects = (crossplane?.resourceRefs ?? []).flatMap(
    (ref) => hub.get({ ...ref, ...(namespace !== undefined && { namespace }) }) ?? [],
  );
  return objects.sort((a, b) => ((composedKey(a) ?? '') < (composedKey(b) ?? '') ? -1 : 1));
}
