import { isJsonList, isJsonObject, type Json, type JsonObject } from '../../functions/kube/json.ts';
import type { KubeObject } from '../../functions/kube/object.ts';
import { formatYaml } from '../output/yaml.ts';
import type { Rendered } from './render-once.ts';

/** Which documents to print beside the composite and what it composes. */
export interface FormatOptions {
  readonly results: boolean;
  readonly fullComposite: boolean;
  readonly context: boolean;
}

/** The time that rendered conditions carry, so that two runs print the same. */
const renderedAt = '2024-01-01T00:00:00Z';

/** Returns the outcome of a reconcile as the YAML documents that `crossplane composition render` prints, in its order; `given` is the composite as it was read. */
export function formatRendered(rendered: Rendered, given: KubeObject, options: FormatOptions): string {
  const composite = options.fullComposite ? merge(given, rendered.composite) : rendered.composite;
  const apiVersion = 'render.crossplane.io/v1beta1';
  const results = rendered.notices.map(({ type, reason, message }) => ({
    apiVersion,
    kind: 'Result',
    message,
    reason,
    severity: type,
  }));
  const documents: Json[] = [
    withFixedTimes(composite),
    ...rendered.composed.map(withFixedTimes),
    ...(options.results ? results : []),
    ...(options.context ? [{ apiVersion, kind: 'Context', fields: rendered.context }] : []),
  ];
  return formatYaml(documents, { sorted: true });
}

/** Members of objects are merged, everything else is replaced, by all but empty values (as dario.cat/mergo does with override). */
function merge(given: JsonObject, written: JsonObject): JsonObject {
  const keys = [...new Set([...Object.keys(given), ...Object.keys(written)])];
  return Object.fromEntries(keys.map((key) => [key, mergeValue(given[key], written[key])]));
}

function mergeValue(given: Json | undefined, written: Json | undefined): Json | undefined {
  if (isJsonObject(given) && isJsonObject(written)) return merge(given, written);
  return isEmpty(written) ? given : written;
}

function isEmpty(value: Json | undefined): boolean {
  if (isJsonList(value)) return value.length === 0;
  return value === undefined || value === null || value === '' || value === 0 || value === false;
}

function withFixedTimes(object: JsonObject): JsonObject {
  const { status } = object;
  if (!isJsonObject(status) || !isJsonList(status['conditions'])) return object;
  const conditions = status['conditions'].map((condition) =>
    isJsonObject(condition) ? { ...condition, lastTransitionTime: renderedAt } : condition,
  );
  return { ...object, status: { ...status, conditions } };
}
