import { isJsonList, isJsonObject, type Json, type JsonObject } from '../../../functions/kube/json.ts';
import type { ResourcePath } from './resource-path.ts';
import { clusterLabel, virtualMessage, virtualName } from './virtual-names.ts';

/** The API server repeats a namespace's name in this label of it. */
const nameLabel = 'kubernetes.io/metadata.name';

/** Returns the member's answer as the virtual cluster shows it: an object, a list or table without what belongs to others, or a Status. Throws when a single object belongs to another cluster, which its path rules out. */
export function virtualAnswer(cluster: string, path: ResourcePath, answer: JsonObject): JsonObject {
  if (answer['kind'] === 'Status') return virtualStatus(cluster, path, answer);
  const shown = virtualObject(cluster, path, answer);
  if (shown === undefined) {
    throw new Error(`${path.prefix} ${path.resource} of another cluster came back to virtual cluster ${cluster}`);
  }
  return shown;
}

/** Returns a watch event as the virtual cluster shows it, or `undefined` when it is about what belongs to others. */
export function virtualEvent(cluster: string, path: ResourcePath, event: JsonObject): JsonObject | undefined {
  const { type, object } = event;
  if (type === 'BOOKMARK' || type === 'ERROR' || !isJsonObject(object)) return event;
  const shown = virtualObject(cluster, path, object);
  return shown === undefined || isEmptyTable(shown) ? undefined : { ...event, object: shown };
}

function virtualObject(cluster: string, path: ResourcePath, object: JsonObject): JsonObject | undefined {
  const { kind, items, rows, metadata } = object;
  if (kind === 'Table')
    return { ...object, rows: isJsonList(rows) ? shownItems(rows, (row) => virtualRow(cluster, path, row)) : [] };
  if (isJsonList(items) && typeof kind === 'string' && kind.endsWith('List')) {
    return { ...object, items: shownItems(items, (item) => virtualObject(cluster, path, item)) };
  }
  const shown = isJsonObject(metadata) ? virtualMetadata(cluster, path, metadata) : undefined;
  return shown === undefined ? undefined : { ...object, metadata: shown };
}

function shownItems(list: readonly Json[], show: (item: JsonObject) => JsonObject | undefined): readonly JsonObject[] {
  return list
    .filter(isJsonObject)
    .map(show)
    .filter((item) => item !== undefined);
}

function virtualMetadata(cluster: string, path: ResourcePath, metadata: JsonObject): JsonObject | undefined {
  const { name, namespace } = metadata;
  const labels = virtualLabels(cluster, metadata['labels']);
  const { labels: _, ...others } = metadata;
  const rest = { ...others, ...(labels !== undefined && { labels }) };
  if (typeof namespace === 'string' && namespace !== '') {
    const shown = virtualName(cluster, namespace);
    return shown === undefined ? undefined : { ...rest, namespace: shown };
  }
  if (path.namespace !== undefined) return rest;
  const shown = typeof name === 'string' ? virtualName(cluster, name) : undefined;
  return shown === undefined ? undefined : { ...rest, name: shown };
}

function virtualLabels(cluster: string, labels: Json | undefined): JsonObject | undefined {
  if (!isJsonObject(labels)) return undefined;
  const { [clusterLabel]: _, ...others } = labels;
  const name = others[nameLabel];
  const shown = typeof name === 'string' ? virtualName(cluster, name) : undefined;
  if (shown !== undefined) return { ...others, [nameLabel]: shown };
  return Object.keys(others).length === 0 ? undefined : others;
}

/** Shows a printed row: its cells repeat names. */
function virtualRow(cluster: string, path: ResourcePath, row: JsonObject): JsonObject | undefined {
  const { cells, object } = row;
  const shown = isJsonObject(object) ? virtualObject(cluster, path, object) : undefined;
  if (shown === undefined || !isJsonObject(object) || !isJsonList(cells)) return undefined;
  const nameOf = ({ metadata }: JsonObject) => (isJsonObject(metadata) ? metadata['name'] : undefined);
  return {
    ...row,
    object: shown,
    cells: cells.map((cell) => (cell === nameOf(object) ? (nameOf(shown) ?? cell) : cell)),
  };
}

function virtualStatus(cluster: string, path: ResourcePath, status: JsonObject): JsonObject {
  const { message, details } = status;
  const name = isJsonObject(details) ? details['name'] : undefined;
  const shown = path.namespace === undefined && typeof name === 'string' ? virtualName(cluster, name) : undefined;
  return {
    ...status,
    ...(typeof message === 'string' && { message: virtualMessage(cluster, message) }),
    ...(isJsonObject(details) && shown !== undefined && { details: { ...details, name: shown } }),
  };
}

function isEmptyTable({ kind, rows }: JsonObject): boolean {
  return kind === 'Table' && isJsonList(rows) && rows.length === 0;
}
