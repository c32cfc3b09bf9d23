import { findCondition, type KubeObject } from '../../functions/kube/object.ts';
import type { Document, FileProblem } from '../input/documents.ts';
import type { OfflineHub } from '../offline-hub/hub.ts';
import { formatRef, keyOf, type ObjectRef, refTo } from '../offline-hub/object-ref.ts';

/** Conditions that tell of a mistake when they have this status. */
const telling: readonly { readonly type: string; readonly status: 'True' | 'False' }[] = [
  { type: 'Inventoried', status: 'False' },
  { type: 'Placed', status: 'False' },
  { type: 'Rendered', status: 'False' },
  { type: 'RemovalHeld', status: 'True' },
];

/** Returns what is wrong on a hub that has settled, each with the place in the files where the object was read. */
export function findProblems(hub: OfflineHub, documents: readonly Document[]): readonly string[] {
  const origins = new Map(documents.map((document) => [keyOf(refTo(document.object)), document]));
  const failures = hub.failures().map(({ composite, message }) => located(origins, composite, message));
  const failed = new Set(hub.failures().map(({ composite }) => keyOf(composite)));
  const conditions = documents.flatMap(({ object }) => {
    const live = hub.get(refTo(object));
    if (live === undefined || failed.has(keyOf(refTo(object)))) return [];
    return explain(live).map((message) => located(origins, refTo(object), message));
  });
  return [...failures, ...conditions];
}

/** Returns a problem as compilers write it: `file:line: message`. */
export function formatFileProblem({ file, line, message }: FileProblem): string {
  return `${file}:${line}: ${message}`;
}

function explain(object: KubeObject): readonly string[] {
  return telling.flatMap(({ type, status }) => {
    const condition = findCondition(object, type);
    return condition?.status === status ? [`${type}=${status}: ${condition.message || condition.reason}`] : [];
  });
}

function located(origins: ReadonlyMap<string, Document>, ref: ObjectRef, message: string): string {
  const origin = origins.get(keyOf(ref));
  const text = `${formatRef(ref)}: ${message}`;
  return origin === undefined ? text : formatFileProblem({ ...origin, message: text });
}
