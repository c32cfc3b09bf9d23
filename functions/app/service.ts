import type { JsonObject } from '../kube/json.ts';
import type { KubeObject } from '../kube/object.ts';
import type { Problem } from '../kube/problem.ts';
import { type AppPart, partObject, pickFields } from './app-part.ts';
import { selectorLabels, standardLabels } from './labels.ts';

/**
 * Returns the Service of a component when it has `service`, when an Ingress or HTTPRoute leads to its ports, or headless when
 * it is a StatefulSet that names no other Service. Its ports are the container's unless given.
 */
export function service(part: AppPart): KubeObject | undefined {
  if (!hasService(part)) return undefined;
  const { service: given = {} } = part.component;
  const { labels, annotations, ports: _, ...rest } = given;
  const ports = servicePorts(part);
  const spec: JsonObject = {
    ...(isOwnHeadless(part) && { clusterIP: 'None' }),
    ...(given.type !== 'ExternalName' && { selector: selectorLabels(part) }),
    ...rest,
    ...(ports.length > 0 && { ports }),
  };
  const marks = { labels: { ...labels, ...standardLabels(part) }, annotations };
  return partObject(part, { apiVersion: 'v1', kind: 'Service' }, marks, { spec });
}

/** Returns the ports of a component's Service; the default for a container port is the same number, led to by name where it has one. */
export function servicePorts({ component: { service: given, ports = [] } }: AppPart): readonly JsonObject[] {
  if (given?.ports !== undefined) return given.ports;
  return ports.map((port) => ({
    ...pickFields(port, ['name', 'protocol']),
    port: port.containerPort,
    targetPort: port.name ?? port.containerPort,
  }));
}

/** Refuses a Service without ports that is neither headless nor an ExternalName, ports without a number, and several container ports of which one has no name. */
export function checkService(part: AppPart): readonly Problem[] {
  const { component, path } = part;
  if (!hasService(part)) return [];
  const { service: given, ports = [] } = component;
  const needsPorts = given !== undefined && given.clusterIP !== 'None' && given.type !== 'ExternalName';
  if (needsPorts && servicePorts(part).length === 0) {
    return [
      {
        path: `${path}.service`,
        message: 'has no ports',
        hint: 'give the component ports, such as {name: http, containerPort: 8080}, or the Service ports of its own',
      },
    ];
  }
  if (given?.ports !== undefined) {
    return given.ports.flatMap(({ port }, index) =>
      port === undefined ? [{ path: `${path}.service.ports[${index}].port`, message: 'is required' }] : [],
    );
  }
  return ports.flatMap(({ name }, index) =>
    name === undefined && ports.length > 1
      ? [{ path: `${path}.ports[${index}].name`, message: 'is required: a Service with several ports names each' }]
      : [],
  );
}

function hasService(part: AppPart): boolean {
  const { service: given, ingress, httpRoute, ports = [] } = part.component;
  const isRouted = (ingress !== undefined || httpRoute !== undefined) && ports.length > 0;
  return given !== undefined || isRouted || isOwnHeadless(part);
}

function isOwnHeadless({ component }: AppPart): boolean {
  return component.kind === 'StatefulSet' && component.service === undefined && component.serviceName === undefined;
}
