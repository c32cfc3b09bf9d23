import { parseAllDocuments } from 'yaml';
import { isJsonObject, type Json, type JsonObject } from '../../functions/kube/json.ts';
import { type AllowedDifference, allowedInRender } from './allowed-in-render.ts';
import { type Difference, jsonDifferences } from './json-differences.ts';

/** Returns in what two streams of YAML documents differ, document by document and in their order, after the allowed differences are levelled. */
export function compareDocuments(
  theirs: string,
  ours: string,
  allowed: readonly AllowedDifference[] = allowedInRender,
): readonly Difference[] {
  const levelled = (text: string) => allowed.reduce((documents, { level }) => level(documents), documentsIn(text));
  const [left, right] = [levelled(theirs), levelled(ours)];
  const [leftTitles, rightTitles] = [left.map(titleOf), right.map(titleOf)];
  const inBoth = leftTitles.filter((title) => rightTitles.includes(title));
  const order = rightTitles.filter((title) => leftTitles.includes(title));
  return [
    ...leftTitles.filter((title) => !rightTitles.includes(title)).map((path) => ({ path, theirs: 'a document' })),
    ...rightTitles.filter((title) => !leftTitles.includes(title)).map((path) => ({ path, ours: 'a document' })),
    ...jsonDifferences(inBoth, order, 'order of documents'),
    ...inBoth.flatMap((title) =>
      jsonDifferences(left[leftTitles.indexOf(title)], right[rightTitles.indexOf(title)], `${title}: `),
    ),
  ];
}

function documentsIn(text: string): readonly JsonObject[] {
  return parseAllDocuments(text).map((document) => {
    const [error] = document.errors;
    if (error !== undefined) throw new Error(`a rendered document is not YAML: ${error.message}`);
    const value = document.toJS() as Json;
    if (!isJsonObject(value)) throw new Error(`a rendered document is no object but ${JSON.stringify(value)}`);
    return value;
  });
}

function titleOf({ kind, message, metadata }: JsonObject): string {
  if (kind === 'Result') return `Result ${JSON.stringify(message)}`;
  const { namespace, name } = isJsonObject(metadata) ? metadata : {};
  return [kind, [namespace, name].filter((part) => part !== undefined).join('/')]
    .filter((part) => part !== '')
    .join(' ');
}
