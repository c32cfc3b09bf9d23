import type { JsonObject } from '../kube/json.ts';
import type { KubeObject } from '../kube/object.ts';
import type { Problem } from '../kube/problem.ts';
import { type AppPart, partObject, pickFields } from './app-part.ts';
import { standardLabels } from './labels.ts';
import { nowhere, routedPort } from './routed-port.ts';

type Ingress = NonNullable<AppPart['component']['ingress']>;

/** Returns the Ingress of a component: a rule for its host and path that leads to the first port of its Service, then the given rules. */
export function ingress(part: AppPart): KubeObject | undefined {
  const given = part.component.ingress;
  if (given === undefined) return undefined;
  const rules = [...(hasOwnRule(given) ? [ownRule(part, given)] : []), ...(given.rules ?? [])];
  const spec: JsonObject = {
    ...(given.className !== undefined && { ingressClassName: given.className }),
    ...pickFields(given, ['defaultBackend', 'tls']),
    ...(rules.length > 0 && { rules }),
  };
  const marks = { labels: standardLabels(part), annotations: given.annotations };
  return partObject(part, { apiVersion: 'networking.k8s.io/v1', kind: 'Ingress' }, marks, { spec });
}

/** Refuses an Ingress that leads to the component when nothing there can be reached. */
export function checkIngress(part: AppPart): readonly Problem[] {
  const given = part.component.ingress;
  const leadsNowhere = given !== undefined && hasOwnRule(given) && routedPort(part) === undefined;
  return leadsNowhere ? [nowhere(`${part.path}.ingress`)] : [];
}

/** Without a host the component's rule is there unless others say where requests go. */
function hasOwnRule({ host, path = '/', rules, defaultBackend }: Ingress): boolean {
  return host !== undefined || path !== '/' || (rules === undefined && defaultBackend === undefined);
}

function ownRule(part: AppPart, { host, path = '/' }: Ingress): JsonObject {
  const backend = { service: { name: part.component.name, port: { number: routedPort(part) } } };
  return { ...(host !== undefined && { host }), http: { paths: [{ path, pathType: 'Prefix', backend }] } };
}
