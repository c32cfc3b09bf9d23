import { type Document, isAlias, isCollection, isMap, isNode, isScalar, isSeq, type LineCounter } from 'yaml';
import { type FieldPath, parseFieldPath } from '../../functions/kube/field-path.ts';

/** Returns the line of a field in a YAML document, or of the nearest thing above it that is there; `base` is where the object starts. */
export function fieldLine(document: Document.Parsed, lines: LineCounter, base: FieldPath, path: string): number {
  const segments = [...base, ...(parseFieldPath(path).value ?? [])];
  let current: unknown = document.contents;
  let offset = offsetOf(current) ?? 0;
  for (const segment of segments) {
    if (isAlias(current)) current = current.resolve(document);
    if (!isCollection(current)) break;
    const at = childOf(current, segment);
    if (at === undefined) break;
    offset = offsetOf(at.start) ?? offset;
    current = at.value;
  }
  return lines.linePos(offset).line;
}

function childOf(
  parent: unknown,
  segment: string | number,
): { readonly start: unknown; readonly value: unknown } | undefined {
  if (isSeq(parent)) {
    const value = typeof segment === 'number' ? parent.items[segment] : undefined;
    return value === undefined ? undefined : { start: value, value };
  }
  if (!isMap(parent)) return undefined;
  const pair = parent.items.find(({ key }) => (isScalar(key) ? String(key.value) : String(key)) === String(segment));
  return pair === undefined ? undefined : { start: pair.key, value: pair.value };
}

function offsetOf(node: unknown): number | undefined {
  return isNode(node) ? node.range?.[0] : undefined;
}
