import type { ResourcePath } from './resource-path.ts';
import { clusterLabel, realName } from './virtual-names.ts';

/** Kinds that controllers make, without our label: a list over all namespaces gets those of every cluster and is filtered here. */
const madeByControllers = new Set([
  'controllerrevisions',
  'endpoints',
  'endpointslices',
  'events',
  'jobs',
  'pods',
  'replicasets',
]);

/** Kinds without a namespace: in a list of them a name is that of the virtual cluster. */
const clusterScoped = new Set([
  'clusterrolebindings',
  'clusterroles',
  'ingressclasses',
  'mutatingwebhookconfigurations',
  'namespaces',
  'priorityclasses',
  'runtimeclasses',
  'validatingadmissionpolicies',
  'validatingadmissionpolicybindings',
  'validatingwebhookconfigurations',
]);

/** Returns the query for the member: a collection over all namespaces selects the cluster's label, and field selectors name real objects. */
export function realQuery(
  cluster: string,
  { namespace, resource, name }: ResourcePath,
  query: URLSearchParams,
): URLSearchParams {
  const real = new URLSearchParams(query);
  const fields = query.get('fieldSelector');
  if (fields) {
    const namesAreReal = namespace === undefined && clusterScoped.has(resource);
    real.set('fieldSelector', realFieldSelector(cluster, fields, namesAreReal));
  }
  if (namespace === undefined && name === undefined && !madeByControllers.has(resource)) {
    const own = `${clusterLabel}=${cluster}`;
    const asked = query.get('labelSelector');
    real.set('labelSelector', asked ? `${asked},${own}` : own);
  }
  return real;
}

/** Tells whether a query asks for a stream of events instead of one answer. */
export function isWatch(query: URLSearchParams): boolean {
  return ['1', 'true'].includes(query.get('watch') ?? '');
}

function realFieldSelector(cluster: string, selector: string, namesAreReal: boolean): string {
  const terms = selector.split(',').map((term) => {
    const [, field = '', operator = '', value = ''] = /^([^=!]+)(==|!=|=)(.+)$/.exec(term) ?? [];
    const isReal = field.endsWith('.namespace') || (namesAreReal && field === 'metadata.name');
    return isReal ? `${field}${operator}${realName(cluster, value)}` : term;
  });
  return terms.join(',');
}
