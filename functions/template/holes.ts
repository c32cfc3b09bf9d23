import { childPath } from '../kube/field-path.ts';
import { isJsonList, isJsonObject, type Json } from '../kube/json.ts';
import type { Problem } from '../kube/problem.ts';
import { checkHoleExpression } from './environment.ts';
import { mayHaveHoles, parseHoles } from './hole-syntax.ts';

/** The expressions in the holes of a manifest, and what is wrong with its holes. */
export interface Expressions {
  /** Sorted, each once. */
  readonly expressions: readonly string[];
  readonly problems: readonly Problem[];
  /** Returns the path of the first hole that uses an expression; empty when none does. */
  pathOf(expression: string): string;
}

/** Members of a manifest that tell objects apart, and so cannot differ between clusters. */
const IDENTITY = ['apiVersion', 'kind', 'metadata.name', 'metadata.namespace'];

/**
 * Returns the expressions of all holes in a manifest. Refuses holes in apiVersion, kind, metadata.name,
 * metadata.namespace and names of members, and expressions that cannot be compiled.
 */
export function collectExpressions(manifest: Json, path = ''): Expressions {
  const identity = new Set(IDENTITY.map((member) => (path === '' ? member : `${path}.${member}`)));
  const paths = new Map<string, string>();
  const problems: Problem[] = [];
  for (const { text, at, isName } of stringsWithHoles(manifest, path)) {
    const parts = parseHoles(text);
    if (isName) problems.push({ path: at, message: `"${text}" cannot be the name of a member` });
    else if (parts.problems !== undefined)
      problems.push(...parts.problems.map((problem) => ({ ...problem, path: at })));
    else if (identity.has(at))
      problems.push({
        path: at,
        message: 'cannot have holes',
        hint: 'only what objects contain may differ between clusters',
      });
    else {
      for (const part of parts.value) {
        if (typeof part !== 'string' && !paths.has(part.expression)) paths.set(part.expression, at);
      }
    }
  }
  for (const [expression, at] of paths) problems.push(...checkHoleExpression(expression, at));
  return { expressions: [...paths.keys()].sort(), problems, pathOf: (expression) => paths.get(expression) ?? '' };
}

type Found = { readonly text: string; readonly at: string; readonly isName: boolean };

function* stringsWithHoles(value: Json, at: string): Iterable<Found> {
  if (typeof value === 'string') {
    if (mayHaveHoles(value)) yield { text: value, at, isName: false };
  } else if (isJsonList(value)) {
    for (const [index, item] of value.entries()) yield* stringsWithHoles(item, childPath(at, index));
  } else if (isJsonObject(value)) {
    for (const [name, member] of Object.entries(value)) {
      const memberAt = childPath(at, name);
      if (mayHaveHoles(name) || name === '__proto__') yield { text: name, at: memberAt, isName: true };
      if (member !== undefined) yield* stringsWithHoles(member, memberAt);
    }
  }
}
