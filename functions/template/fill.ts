import { childPath } from '../kube/field-path.ts';
import { isJsonList, isJsonObject, type Json, type JsonObject } from '../kube/json.ts';
import type { Checked, Problem } from '../kube/problem.ts';
import { holeText, mayHaveHoles, type Part, parseHoles } from './hole-syntax.ts';
import { collectExpressions } from './holes.ts';

/** A manifest with holes, made ready to be filled for many clusters. */
export interface Template {
  /** The expressions of its holes, sorted, each once. */
  readonly expressions: readonly string[];
  /** Returns the path of the first hole that uses an expression. */
  pathOf(expression: string): string;
  /**
   * Returns the manifest with its holes filled; what has none is shared, not copied. A string that is one hole becomes the
   * value itself, and null removes the member or item. Refuses a list, map or null amid text, and a hole without a value.
   */
  fill(values: ReadonlyMap<string, Json>): Checked<Json>;
}

type LookUp = (expression: string) => Json | undefined;

/** Fills one place; `undefined` means that there is nothing there. */
type Filler = (lookUp: LookUp, problems: Problem[]) => Json | undefined;

/** Returns a manifest as a template, or all that is wrong with its holes. */
export function compileTemplate(manifest: Json, path = ''): Checked<Template> {
  const { expressions, problems, pathOf } = collectExpressions(manifest, path);
  if (problems.length > 0) return { problems };
  const filler = fillerOf(manifest, path);
  const fill = (values: ReadonlyMap<string, Json>) =>
    runFiller(manifest, filler, (expression) => values.get(expression));
  return { value: { expressions, pathOf, fill } };
}

/** Returns a manifest with its holes filled by a function, or what is wrong with its holes or their values. */
export function fillHoles(manifest: Json, lookUp: (expression: string) => Json, path = ''): Checked<Json> {
  const { problems } = collectExpressions(manifest, path);
  return problems.length > 0 ? { problems } : runFiller(manifest, fillerOf(manifest, path), lookUp);
}

function runFiller(manifest: Json, filler: Filler | undefined, lookUp: LookUp): Checked<Json> {
  if (filler === undefined) return { value: manifest };
  const problems: Problem[] = [];
  const value = filler(lookUp, problems) ?? null;
  return problems.length > 0 ? { problems } : { value };
}

/** Returns how to fill a value; `undefined` when there is nothing to fill in it. */
function fillerOf(value: Json, path: string): Filler | undefined {
  if (typeof value === 'string') return mayHaveHoles(value) ? textFiller(value, path) : undefined;
  if (isJsonList(value)) return listFiller(value, path);
  return isJsonObject(value) ? objectFiller(value, path) : undefined;
}

function listFiller(list: readonly Json[], path: string): Filler | undefined {
  const fillers = list.map((item, index) => fillerOf(item, childPath(path, index)));
  if (fillers.every((filler) => filler === undefined)) return undefined;
  return (lookUp, problems) => {
    const filled: Json[] = [];
    list.forEach((item, index) => {
      const filler = fillers[index];
      const value = filler === undefined ? item : filler(lookUp, problems);
      if (value !== undefined) filled.push(value);
    });
    return filled;
  };
}

function objectFiller(object: JsonObject, path: string): Filler | undefined {
  const fillers = Object.entries(object).flatMap(([name, member]): [string, Filler][] => {
    const filler = member === undefined ? undefined : fillerOf(member, childPath(path, name));
    return filler === undefined ? [] : [[name, filler]];
  });
  if (fillers.length === 0) return undefined;
  return (lookUp, problems) => {
    const filled: { [name: string]: Json | undefined } = { ...object };
    for (const [name, filler] of fillers) {
      const value = filler(lookUp, problems);
      if (value === undefined) delete filled[name];
      else filled[name] = value;
    }
    return filled;
  };
}

function textFiller(text: string, path: string): Filler {
  const parsed = parseHoles(text);
  const parts = parsed.problems === undefined ? parsed.value : [text];
  const [first] = parts;
  if (parts.length === 1 && typeof first === 'object') {
    return (lookUp, problems) => read(first.expression, lookUp, path, problems) ?? undefined;
  }
  return (lookUp, problems) => parts.map((part) => partText(part, lookUp, path, problems)).join('');
}

function read(expression: string, lookUp: LookUp, path: string, problems: Problem[]): Json | undefined {
  const value = lookUp(expression);
  if (value === undefined) problems.push({ path, message: `${holeText(expression)}: has no value` });
  return value;
}

function partText(part: Part, lookUp: LookUp, path: string, problems: Problem[]): string {
  if (typeof part === 'string') return part;
  const value = read(part.expression, lookUp, path, problems);
  if (typeof value === 'object') {
    const kind = value === null ? 'null' : isJsonList(value) ? 'a list' : 'a map';
    problems.push({ path, message: `${holeText(part.expression)}: gives ${kind}, which cannot stand amid text` });
  }
  return String(value);
}
