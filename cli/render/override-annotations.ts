import type { KubeObject } from '../../functions/kube/object.ts';
import { InputError } from '../input/input-error.ts';

/** Returns Functions with the annotations of `--function-annotations KEY=VALUE`, which count before their own. Throws on what is not KEY=VALUE. */
export function overrideAnnotations(
  functions: readonly KubeObject[],
  overrides: readonly string[],
): readonly KubeObject[] {
  if (overrides.length === 0) return functions;
  const given = Object.fromEntries(overrides.map(pairOf));
  return functions.map((object) => ({
    ...object,
    metadata: { ...object.metadata, annotations: { ...object.metadata.annotations, ...given } },
  }));
}

function pairOf(text: string): readonly [key: string, value: string] {
  const at = text.indexOf('=');
  if (at < 1) throw new InputError(`--function-annotations: must be KEY=VALUE (got "${text}")`);
  return [text.slice(0, at), text.slice(at + 1)];
}
