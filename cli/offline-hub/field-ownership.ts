import { isJsonList, isJsonObject, type Json, type JsonObject } from '../../functions/kube/json.ts';
import { sameJson } from './same-json.ts';

/**
 * The part of server-side apply that a simulation needs: an applied object replaces what its manager applied before, and leaves
 * alone what others own. Fields that were changed by a plain update count as nobody's.
 */

/** Returns `live` with an applied value laid over it; the very same `live` when nothing differs. */
export function mergeFields(live: Json | undefined, applied: Json | undefined, field = ''): Json | undefined {
  if (applied === undefined) return live;
  if (isJsonObject(live) && isJsonObject(applied)) return mergeObject(live, applied);
  if (isJsonList(live) && isJsonList(applied)) {
    const liveItems = itemsByKey(field, live);
    const appliedItems = itemsByKey(field, applied);
    if (liveItems !== undefined && appliedItems !== undefined) return mergeList(live, liveItems, appliedItems);
  }
  return sameJson(live, applied) ? live : applied;
}

function mergeObject(live: JsonObject, applied: JsonObject): JsonObject {
  let merged: { [key: string]: Json | undefined } | undefined;
  for (const key of Object.keys(applied)) {
    const value = mergeFields(live[key], applied[key], key);
    if (value === live[key]) continue;
    merged ??= { ...live };
    merged[key] = value;
  }
  return merged ?? live;
}

function mergeList(live: readonly Json[], liveItems: Items, applied: Items): readonly Json[] {
  const merged = [...liveItems].map(([key, item]) => mergeFields(item, applied.get(key)) ?? item);
  for (const [key, item] of applied) if (!liveItems.has(key)) merged.push(item);
  return merged.length === live.length && merged.every((item, index) => item === live[index]) ? live : merged;
}

/**
 * Returns `live` without the fields that a manager applied `before` and does not apply `after`, except those that `others` apply too;
 * objects that become empty go. Returns the very same `live` when nothing is removed.
 */
export function removeFields(
  live: Json | undefined,
  before: Json | undefined,
  after: Json | undefined,
  others: readonly (Json | undefined)[],
  field = '',
): Json | undefined {
  if (live === undefined || before === undefined || before === after) return live;
  const sharers = others.filter((other) => other !== undefined);
  if (isJsonObject(live) && isJsonObject(before) && (after === undefined || isJsonObject(after))) {
    return removeMembers(live, before, after, sharers.filter(isJsonObject));
  }
  if (isJsonList(live) && isJsonList(before) && (after === undefined || isJsonList(after))) {
    const otherItems = sharers.filter(isJsonList).map((other) => itemsByKey(field, other) ?? new Map());
    const left = removeItems(
      live,
      itemsByKey(field, live),
      itemsByKey(field, before),
      itemsByKey(field, after ?? []),
      otherItems,
    );
    if (left !== 'atomic') return left;
  }
  return after === undefined && sharers.length === 0 ? undefined : live;
}

function removeMembers(
  live: JsonObject,
  before: JsonObject,
  after: JsonObject | undefined,
  others: readonly JsonObject[],
): JsonObject | undefined {
  const left: { [key: string]: Json | undefined } = { ...live };
  let removed = false;
  for (const key of Object.keys(before)) {
    const sharers = others.map((other) => other[key]);
    const value = removeFields(live[key], before[key], after?.[key], sharers, key);
    if (value === live[key]) continue;
    removed = true;
    if (value === undefined) delete left[key];
    else left[key] = value;
  }
  if (!removed) return live;
  return after === undefined && Object.keys(left).length === 0 ? undefined : left;
}

type Items = ReadonlyMap<string, Json>;

function removeItems(
  live: readonly Json[],
  liveItems: Items | undefined,
  before: Items | undefined,
  after: Items | undefined,
  others: readonly Items[],
): readonly Json[] | undefined | 'atomic' {
  if (liveItems === undefined || before === undefined || after === undefined) return 'atomic';
  const left: Json[] = [];
  for (const [key, item] of liveItems) {
    const sharers = others.map((items) => items.get(key));
    const value = removeFields(item, before.get(key), after.get(key), sharers);
    const isGone = value !== item && !after.has(key) && sharers.every((other) => other === undefined);
    if (value !== undefined && !isGone) left.push(value);
  }
  if (left.length === 0 && after.size === 0) return undefined;
  return left.length === live.length && left.every((item, index) => item === live[index]) ? live : left;
}

/** What tells the items of a list apart, by the name of the field that holds it; other lists are replaced as a whole. */
const itemKeys: { readonly [field: string]: (item: JsonObject) => string } = {
  conditions: ({ type }) => String(type),
  containers: ({ name }) => String(name),
  env: ({ name }) => String(name),
  imagePullSecrets: ({ name }) => String(name),
  initContainers: ({ name }) => String(name),
  ownerReferences: ({ uid }) => String(uid),
  ports: ({ containerPort, port, protocol }) => `${containerPort ?? port}/${protocol ?? 'TCP'}`,
  volumeMounts: ({ mountPath }) => String(mountPath),
  volumes: ({ name }) => String(name),
};

function itemsByKey(field: string, list: readonly Json[]): Items | undefined {
  const isSet = field === 'finalizers';
  const itemKey = Object.hasOwn(itemKeys, field) ? itemKeys[field] : undefined;
  if (itemKey === undefined && !isSet) return undefined;
  const items = new Map<string, Json>();
  for (const item of list) {
    if (isSet) items.set(String(item), item);
    else if (isJsonObject(item) && itemKey !== undefined) items.set(itemKey(item), item);
  }
  return items.size === list.length ? items : undefined;
}
