import { isJsonList, isJsonObject, type Json } from '../../functions/kube/json.ts';

/** One place where two values are not the same; a side that is absent has nothing there. */
export interface Difference {
  /** Where, as `Kind namespace/name: spec.list[0].field`. */
  readonly path: string;
  readonly theirs?: Json;
  readonly ours?: Json;
}

/** Returns every smallest part in which two JSON values differ, objects member by member and lists item by item; a member that is `undefined` counts as absent. */
export function jsonDifferences(theirs: Json | undefined, ours: Json | undefined, path = ''): readonly Difference[] {
  if (isJsonObject(theirs) && isJsonObject(ours)) {
    const keys = [...new Set([...Object.keys(theirs), ...Object.keys(ours)])];
    return keys.flatMap((key) => jsonDifferences(theirs[key], ours[key], joinPath(path, key)));
  }
  if (isJsonList(theirs) && isJsonList(ours)) {
    const length = Math.max(theirs.length, ours.length);
    return Array.from({ length }).flatMap((_, index) =>
      jsonDifferences(theirs[index], ours[index], `${path}[${index}]`),
    );
  }
  if (theirs === ours) return [];
  return [{ path, ...(theirs !== undefined && { theirs }), ...(ours !== undefined && { ours }) }];
}

/** Returns the path of a member; a key that would not read as one name stands in brackets. */
export function joinPath(path: string, key: string): string {
  if (!/^[\w-]+$/.test(key)) return `${path}[${JSON.stringify(key)}]`;
  return path === '' || path.endsWith(' ') ? `${path}${key}` : `${path}.${key}`;
}

/** Returns differences as people read them, a path with both sides each; a long list is cut after `most`. */
export function formatDifferences(differences: readonly Difference[], most = 12): string {
  const lines = differences
    .slice(0, most)
    .map(({ path, theirs, ours }) => `${path}\n  theirs: ${formatSide(theirs)}\n  ours:   ${formatSide(ours)}`);
  const rest = differences.length - lines.length;
  return [...lines, ...(rest > 0 ? [`and ${rest} more`] : [])].join('\n');
}

function formatSide(value: Json | undefined): string {
  if (value === undefined) return '(absent)';
  const text = JSON.stringify(value);
  return text.length > 300 ? `${text.slice(0, 299)}…` : text;
}
