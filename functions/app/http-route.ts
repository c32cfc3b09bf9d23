import type { KubeObject } from '../kube/object.ts';
import type { Problem } from '../kube/problem.ts';
import { type AppPart, partObject } from './app-part.ts';
import { standardLabels } from './labels.ts';
import { nowhere, routedPort } from './routed-port.ts';

/** Returns the HTTPRoute of a component: as it is, and where it has no rules with one that leads everything to the first port of the Service. */
export function httpRoute(part: AppPart): KubeObject | undefined {
  const given = part.component.httpRoute;
  if (given === undefined) return undefined;
  const rules = given.rules ?? [{ backendRefs: [{ name: part.component.name, port: routedPort(part) }] }];
  const type = { apiVersion: 'gateway.networking.k8s.io/v1', kind: 'HTTPRoute' };
  return partObject(part, type, { labels: standardLabels(part) }, { spec: { ...given, rules } });
}

/** Refuses an HTTPRoute that leads to the component when nothing there can be reached. */
export function checkHttpRoute(part: AppPart): readonly Problem[] {
  const given = part.component.httpRoute;
  const leadsNowhere = given !== undefined && given.rules === undefined && routedPort(part) === undefined;
  return leadsNowhere ? [nowhere(`${part.path}.httpRoute`)] : [];
}
