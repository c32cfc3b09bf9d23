import type { Container } from '../generated/types.ts';
import type { JsonObject } from '../kube/json.ts';
import { parseHoles } from '../template/hole-syntax.ts';
import { type AppPart, pickFields } from './app-part.ts';
import { configMounts } from './config-files.ts';

/** Fields of a component that are those of its container, of core/v1 Container. */
export const containerFields = [
  'image',
  'imagePullPolicy',
  'command',
  'args',
  'workingDir',
  'env',
  'envFrom',
  'ports',
  'resources',
  'livenessProbe',
  'readinessProbe',
  'startupProbe',
  'securityContext',
  'volumeMounts',
  'lifecycle',
] as const;

type Env = NonNullable<Container['env']>[number];

/** Returns the component's own container: named after it, with its fields as they are and its config files mounted. */
export function mainContainer(part: AppPart): JsonObject {
  const { component } = part;
  const fields = pickFields(component, containerFields);
  const mounts = configMounts(part);
  return {
    name: component.name,
    ...withStringEnv(fields, component.env),
    ...(mounts.length > 0 && { volumeMounts: [...(component.volumeMounts ?? []), ...mounts] }),
  };
}

/** Returns the init containers in their order and after them the sidecars, which are init containers that go on running (KEP-753). */
export function initContainers({ component: { initContainers = [], sidecars = [] } }: AppPart): readonly JsonObject[] {
  return [
    ...initContainers.map((container) => withStringEnv(container, container.env)),
    ...sidecars.map((sidecar) => ({ ...withStringEnv(sidecar, sidecar.env), restartPolicy: 'Always' })),
  ];
}

function withStringEnv(container: JsonObject, env: readonly Env[] | undefined): JsonObject {
  return env === undefined ? container : { ...container, env: env.map(stringEnv) };
}

/**
 * Returns an environment variable whose value is text whatever its hole gives: a value that is one hole takes the type of its
 * expression, which may be a number, and Kubernetes takes only strings here. `${2 + 2}` becomes `${string(2 + 2)}`. An
 * expression that gives null, a list or a map has no text, so it is refused for the cluster where it does.
 */
export function stringEnv(variable: Env): Env {
  const parts = parseHoles(variable.value ?? '').value ?? [];
  const [first] = parts;
  if (parts.length !== 1 || typeof first !== 'object') return variable;
  return { ...variable, value: `\${string(${first.expression})}` };
}
