import { readPlacementContext } from '../cluster-selector/placement-context.ts';
import type { AppSpec } from '../generated/types.ts';
import { groupOf, type KubeObject } from '../kube/object.ts';
import { told } from '../revision/render-context.ts';
import type { CompositionFunction, DesiredResource } from '../runtime/composition-function.ts';
import { checkClaims } from './check-claims.ts';
import { renderApp } from './render-app.ts';

/** Turns an App into ordinary manifests with holes, or tells FanOut why there are none. */
export const app: CompositionFunction = {
  kind: 'App',
  run({ context, observed: { composite }, desired }) {
    const decision = readPlacementContext(context);
    if (decision === undefined) {
      return { fatal: 'App found no placement in the context; put a step with input kind ClusterSelector before it' };
    }
    const { placement, namespace, policy, claims } = decision;
    if (placement.mode === 'KeepLastGood') return told([{ path: '', message: placement.summary.message }]);
    const { name = '', labels = {} } = composite.metadata;
    const facts = {
      name,
      labels,
      ...(namespace !== undefined && { namespace }),
      ...(policy !== undefined && { policy }),
      ...(placement.isDivided === true && { isDivided: true }),
    };
    const spec = composite.spec as AppSpec;
    const { manifests, problems, notes } = renderApp(spec, facts);
    const all = [...problems, ...checkClaims(spec, name, claims)];
    if (all.length > 0) return told(all);
    const resources = new Map<string, DesiredResource>(desired.resources);
    for (const resource of manifests) resources.set(keyOf(resource), { resource });
    return { resources, ...told([], notes) };
  },
};

/** As kubectl writes it: `Deployment.apps/frontend`, `Service/frontend`. */
function keyOf({ apiVersion, kind, metadata }: KubeObject): string {
  const group = groupOf(apiVersion);
  return `${group === '' ? kind : `${kind}.${group}`}/${metadata.name}`;
}
