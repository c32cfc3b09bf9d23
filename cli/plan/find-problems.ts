import { findCondition, type KubeObject } from '../../functions/kube/object.ts';
import { formatProblem, type Problem } from '../../functions/kube/problem.ts';
import { type Document, formatFileProblem } from '../input/documents.ts';
import type { OfflineHub } from '../offline-hub/hub.ts';
import { formatRef, keyOf, refTo } from '../offline-hub/object-ref.ts';

/** Conditions that tell of a mistake when they have this status; the first of them that do speak for those that follow from them. */
const telling: readonly { readonly type: string; readonly status: 'True' | 'False' }[] = [
  { type: 'Valid', status: 'False' },
  { type: 'Inventoried', status: 'False' },
  { type: 'Placed', status: 'False' },
  { type: 'Rendered', status: 'False' },
  { type: 'RemovalHeld', status: 'True' },
];

/** Returns what is wrong on a hub that has settled, each with the place in the files where the object was read; every message once. */
export function findProblems(hub: OfflineHub, documents: readonly Document[]): readonly string[] {
  const failures = hub.failures();
  const read = new Set(documents.map(({ object }) => keyOf(refTo(object))));
  const foreign = failures
    .filter(({ composite }) => !read.has(keyOf(composite)))
    .map(({ composite, message }) => `${formatRef(composite)}: ${message}`);
  const own = documents.flatMap((document) => {
    const live = hub.get(refTo(document.object));
    if (live === undefined) return [];
    const key = keyOf(refTo(document.object));
    const failure = failures.find(({ composite }) => keyOf(composite) === key);
    const told = explain(live);
    const lines = told.length === 0 && failure !== undefined ? [failure.message] : told;
    return [...new Set(lines)].map((line) => locateMessage(document, line));
  });
  return [...foreign, ...own];
}

/** Returns a problem of an object with the line of the field that it is about: `file:line: App team-a/web: spec.x: message`. */
export function locateProblem(document: Document, problem: Problem): string {
  return locate(document, problem.path, formatProblem(problem));
}

/** A message of a condition starts with a field path when it is about a field. */
function locateMessage(document: Document, message: string): string {
  return locate(document, /^((?:spec|metadata)[^\s:]*): /.exec(message)?.[1] ?? '', message);
}

function locate({ file, object, lineOf }: Document, path: string, text: string): string {
  return formatFileProblem({ file, line: lineOf(path), message: `${formatRef(refTo(object))}: ${text}` });
}

/** A condition holds one problem a line. */
function explain(object: KubeObject): readonly string[] {
  return telling.flatMap(({ type, status }) => {
    const condition = findCondition(object, type);
    return condition?.status === status ? (condition.message || condition.reason).split('\n') : [];
  });
}
