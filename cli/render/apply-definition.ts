import { isJsonObject } from '../../functions/kube/json.ts';
import { groupOf, type KubeObject } from '../../functions/kube/object.ts';
import { formatProblem } from '../../functions/kube/problem.ts';
import { applyDefaults, validate } from '../../functions/kube/structural-schema.ts';
import { type Document, formatFileProblem } from '../input/documents.ts';
import { InputError } from '../input/input-error.ts';
import { compositeSchema } from '../offline-hub/composite-schema.ts';
import { asList, asObject } from '../offline-hub/lenient-json.ts';
import { RuleChecker } from '../offline-hub/schema-rules.ts';

/** Returns a composite with the defaults of its definition. Throws with all that the API server would refuse, each with its line. */
export function applyDefinition(definition: KubeObject, { file, object, lineOf }: Document): KubeObject {
  const group = groupOf(object.apiVersion);
  const version = object.apiVersion.slice(group.length + 1);
  const spec = asObject(definition.spec);
  const isServed = asList(spec['versions']).some((each) => isJsonObject(each) && each['name'] === version);
  if (spec['group'] !== group || asObject(spec['names'])['kind'] !== object.kind || !isServed) {
    const name = definition.metadata.name ?? '';
    const message = `--xrd: ${name} does not define kind ${object.kind} of ${object.apiVersion}`;
    throw new InputError(formatFileProblem({ file, line: lineOf('kind'), message }));
  }
  const schema = compositeSchema(definition, version);
  const value = applyDefaults(schema, object) as KubeObject;
  const invalid = validate(schema, value, '');
  const problems = invalid.length > 0 ? invalid : new RuleChecker().check(schema, value, undefined, '');
  if (problems.length === 0) return value;
  const lines = problems.map((problem) =>
    formatFileProblem({ file, line: lineOf(problem.path), message: formatProblem(problem) }),
  );
  throw new InputError(lines.join('\n'));
}
