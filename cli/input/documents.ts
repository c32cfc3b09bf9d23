import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { LineCounter, parseAllDocuments } from 'yaml';
import { isJsonList, isJsonObject, type Json } from '../../functions/kube/json.ts';
import type { KubeObject } from '../../functions/kube/object.ts';

/** Where an object was read. */
export type Origin = { readonly file: string; readonly line: number };

/** An object with the place it was read from. */
export type Document = Origin & { readonly object: KubeObject };

/** A mistake in a file. */
export type FileProblem = Origin & { readonly message: string };

/** What some files hold. */
export type Documents = { readonly documents: readonly Document[]; readonly problems: readonly FileProblem[] };

/** Returns every Kubernetes object in the YAML and JSON files at a path, folders searched through in order of name; items of a List count each. */
export function readDocuments(path: string): Documents {
  const documents: Document[] = [];
  const problems: FileProblem[] = [];
  for (const file of filesAt(path)) {
    const lines = new LineCounter();
    for (const document of parseAllDocuments(readFileSync(file, 'utf8'), { lineCounter: lines })) {
      const line = lines.linePos(document.contents?.range?.[0] ?? 0).line;
      const at = { file: relative('.', file), line };
      if (document.errors.length > 0) {
        problems.push(
          ...document.errors.map((error) => ({
            ...at,
            line: error.linePos?.[0].line ?? line,
            message: firstLine(error.message),
          })),
        );
        continue;
      }
      const value: unknown = document.toJS({ maxAliasCount: 1000 });
      if (value === null || value === undefined) continue;
      for (const object of itemsOf(value as Json)) {
        if (isKubeObject(object)) documents.push({ ...at, object });
        else
          problems.push({
            ...at,
            message: 'is not a Kubernetes object: apiVersion, kind and metadata.name are required',
          });
      }
    }
  }
  return { documents, problems };
}

function filesAt(path: string): readonly string[] {
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const child = join(path, entry.name);
      if (entry.isDirectory()) return entry.name.startsWith('.') || entry.name === 'node_modules' ? [] : filesAt(child);
      return /\.(ya?ml|json)$/.test(entry.name) ? [child] : [];
    });
}

function itemsOf(value: Json): readonly Json[] {
  if (isJsonObject(value) && value['kind'] === 'List' && isJsonList(value['items'])) return value['items'];
  return [value];
}

function isKubeObject(value: Json): value is KubeObject {
  return (
    isJsonObject(value) &&
    typeof value['apiVersion'] === 'string' &&
    typeof value['kind'] === 'string' &&
    isJsonObject(value['metadata']) &&
    typeof value['metadata']['name'] === 'string'
  );
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0] ?? text;
}
