import type { Json } from '../kube/json.ts';
import type { Problem } from '../kube/problem.ts';
import type { AppPart } from './app-part.ts';
import { servicePorts } from './service.ts';

/** Returns the port that an Ingress or HTTPRoute of a component leads to: the first of its Service. */
export function routedPort(part: AppPart): Json | undefined {
  return servicePorts(part)[0]?.['port'];
}

/** Returns the problem of a route to a component that has no port. */
export function nowhere(path: string): Problem {
  return {
    path,
    message: 'leads nowhere: the component has neither a service with ports nor ports',
    hint: 'give it ports, such as {name: http, containerPort: 8080}',
  };
}
