import type { JsonObject } from '../../functions/kube/json.ts';
import { type Condition, conditionsOf, type KubeObject } from '../../functions/kube/object.ts';
import { Ready } from '../../functions/runtime/proto.ts';
import { own, summarise } from '../offline-hub/composite-conditions.ts';
import { setConditions } from '../offline-hub/conditions.ts';
import { asObject } from '../offline-hub/lenient-json.ts';
import type { PipelineResult } from '../offline-hub/pipeline.ts';

/** A composed resource as core would apply it. */
export interface RenderedResource {
  readonly key: string;
  readonly object: KubeObject;
  readonly isReady: boolean;
}

/** Returns what is written of a composite in one reconcile: its references and its status, `kept` being the conditions that it had before the pipeline ran. */
export function finalComposite(
  { apiVersion, kind, metadata: { name = '', namespace } }: KubeObject,
  resources: readonly RenderedResource[],
  result: PipelineResult,
  kept: readonly Condition[],
  timestamp: string,
): KubeObject {
  const { resource, ready } = result.desired?.composite ?? {};
  const wanted: JsonObject = asObject(resource?.['status']);
  const isDecided = ready === Ready.READY_TRUE || ready === Ready.READY_FALSE;
  const summary = summarise({
    resources: resources.map((each) => ({ ...each, isSynced: true })),
    notices: [],
    result,
    ...(isDecided && { isReady: ready === Ready.READY_TRUE }),
  });
  const before = setConditions(conditionsOf({ apiVersion, kind, metadata: {}, status: wanted }), kept, timestamp);
  const conditions = setConditions(before, [...own(result.conditions), ...summary], timestamp);
  return {
    apiVersion,
    kind,
    metadata: { name, ...(namespace !== undefined && { namespace }) },
    spec: { crossplane: { resourceRefs: references(resources, namespace) } },
    status: { ...wanted, conditions },
  };
}

/** Only a cluster-scoped composite says in which namespace its resources are. */
function references(resources: readonly RenderedResource[], home: string | undefined): readonly JsonObject[] {
  return resources
    .map(({ object: { apiVersion, kind, metadata } }) => ({
      apiVersion,
      kind,
      name: metadata.name ?? '',
      ...(home === undefined && metadata.namespace !== undefined && { namespace: metadata.namespace }),
    }))
    .sort((a, b) => (a.apiVersion + a.kind + a.name < b.apiVersion + b.kind + b.name ? -1 : 1));
}
