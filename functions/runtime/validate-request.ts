import { compositeSchemas, inputSchemas } from '../generated/schemas.ts';
import { isJsonObject, type JsonObject } from '../kube/json.ts';
import type { KubeObject } from '../kube/object.ts';
import type { Checked, Problem } from '../kube/problem.ts';
import { applyDefaults, type StructuralSchema, validate } from '../kube/structural-schema.ts';
import type { FunctionRequest } from './composition-function.ts';

/** The apiVersion of our composite kinds. */
export const crossplyApiVersion = 'crossply.dev/v1alpha1';

/** The apiVersion of our step inputs. */
export const inputApiVersion = 'fn.crossply.dev/v1beta1';

/**
 * Returns the request with the published defaults filled in, or every way in which the step's input or the composite
 * breaks its published schema. Composites of other groups are the business of whoever published them.
 */
export function validateRequest(request: FunctionRequest): Checked<FunctionRequest> {
  const input = validateInput(request.input);
  const composite = validateComposite(request.observed.composite);
  if (input.problems !== undefined || composite.problems !== undefined) {
    return { problems: [...(input.problems ?? []), ...(composite.problems ?? [])] };
  }
  return { value: { ...request, input: input.value, observed: { ...request.observed, composite: composite.value } } };
}

function validateInput(input: JsonObject): Checked<JsonObject> {
  const schema = Object.hasOwn(inputSchemas, String(input['kind'])) ? inputSchemas[String(input['kind'])] : undefined;
  if (schema === undefined) return { value: input };
  const spec = input['spec'] ?? {};
  const problems = validate(schema, spec, 'input.spec');
  return problems.length > 0 ? { problems } : { value: { ...input, spec: applyDefaults(schema, spec) } };
}

function validateComposite(composite: KubeObject): Checked<KubeObject> {
  if (composite.apiVersion !== crossplyApiVersion) return { value: composite };
  const schema: StructuralSchema | undefined = Object.hasOwn(compositeSchemas, composite.kind)
    ? compositeSchemas[composite.kind]
    : undefined;
  if (schema === undefined) {
    const known = Object.keys(compositeSchemas).join(', ');
    const problem: Problem = { path: 'kind', message: `must be one of ${known} (got "${composite.kind}")` };
    return { problems: [problem] };
  }
  const { crossplane, ...spec } = isJsonObject(composite.spec) ? (composite.spec as JsonObject) : {};
  const problems = validate(schema, spec, 'spec');
  if (problems.length > 0) return { problems };
  const defaulted = applyDefaults(schema, spec) as JsonObject;
  return { value: { ...composite, spec: crossplane === undefined ? defaulted : { ...defaulted, crossplane } } };
}
