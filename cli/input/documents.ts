import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { LineCounter, parseAllDocuments, type Document as YamlDocument } from 'yaml';
import { isJsonList, isJsonObject, type Json } from '../../functions/kube/json.ts';
import type { KubeObject } from '../../functions/kube/object.ts';
import { fieldLine } from './field-line.ts';

/** An object with the place it was read from. */
export interface Document {
  readonly file: string;
  readonly object: KubeObject;
  /** Returns the line of a field path, or of the nearest thing above it; without a path that of the object. */
  lineOf(path?: string): number;
}

/** A mistake in a file. */
export type FileProblem = { readonly file: string; readonly line: number; readonly message: string };

/** What some files hold. */
export type Documents = { readonly documents: readonly Document[]; readonly problems: readonly FileProblem[] };

/** Returns every Kubernetes object in the YAML and JSON files at a path, folders searched through in order of name; items of a List count each. */
export function readDocuments(path: string): Documents {
  const read = filesAt(path).map((file) => {
    const lines = new LineCounter();
    const parsed = parseAllDocuments(readFileSync(file, 'utf8'), { lineCounter: lines });
    return [...parsed].map((document) => readDocument(file, document, lines));
  });
  return {
    documents: read.flat().flatMap(({ documents }) => documents),
    problems: read.flat().flatMap(({ problems }) => problems),
  };
}

/** Returns a problem as compilers write it: `file:line: message`. */
export function formatFileProblem({ file, line, message }: FileProblem): string {
  return `${file}:${line}: ${message}`;
}

function readDocument(file: string, document: YamlDocument.Parsed, lines: LineCounter): Documents {
  const [error] = document.errors;
  if (error !== undefined) {
    const line = error.linePos?.[0].line ?? fieldLine(document, lines, [], '');
    return { documents: [], problems: [{ file, line, message: `is not YAML: ${firstLine(error.message)}` }] };
  }
  const value: unknown = document.toJS({ maxAliasCount: 1000 });
  if (value === null || value === undefined) return { documents: [], problems: [] };
  const documents: Document[] = [];
  const problems: FileProblem[] = [];
  for (const { item, base } of itemsOf(value as Json)) {
    const lineOf = (path = '') => fieldLine(document, lines, base, path);
    if (isKubeObject(item)) documents.push({ file, object: item, lineOf });
    else {
      const message = 'is not a Kubernetes object: apiVersion, kind and metadata.name are required';
      problems.push({ file, line: lineOf(), message });
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

function itemsOf(value: Json): readonly { readonly item: Json; readonly base: readonly (string | number)[] }[] {
  if (isJsonObject(value) && value['kind'] === 'List' && isJsonList(value['items']))
    return value['items'].map((item, index) => ({ item, base: ['items', index] }));
  return [{ item: value, base: [] }];
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

/** The parser adds a position and an excerpt; the position is told as file:line. */
function firstLine(text: string): string {
  return text.replace(/ at line \d+, column \d+:[\s\S]*$/, '').split('\n', 1)[0] ?? text;
}
