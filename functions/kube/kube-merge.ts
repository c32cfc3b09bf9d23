import { isJsonList, isJsonObject, type Json, type JsonObject } from './json.ts';
import { childOf } from './json-pointer.ts';

/** How the items of one list are told apart and merged. */
export interface ListMergeRule {
  /** Name of the list's field. */
  readonly list: string;
  /** What holds the field, where its name alone does not tell. */
  readonly within?: 'container' | 'serviceSpec';
  /** Members that make up the key, each a way into the item; `standIn` counts where one is absent. */
  readonly key: readonly { readonly at: readonly string[]; readonly standIn?: string }[];
  /** The members beside the key exclude each other: a patch that names one drops those of the base that it does not name. */
  readonly oneOf?: true;
}

const CONTAINER_LISTS = ['containers', 'initContainers', 'ephemeralContainers'];
const NAME = { at: ['name'] };
const PROTOCOL = { at: ['protocol'], standIn: 'TCP' };

/**
 * Lists that are merged item by item: those with a merge key in core/v1, and the claims of a StatefulSet, whose names tell
 * as much. All others, tolerations among them, are replaced whole.
 */
export const LIST_MERGE_RULES: readonly ListMergeRule[] = [
  ...CONTAINER_LISTS.map((list) => ({ list, key: [NAME] })),
  { list: 'volumes', key: [NAME], oneOf: true },
  { list: 'env', key: [NAME], oneOf: true },
  { list: 'imagePullSecrets', key: [NAME] },
  { list: 'volumeClaimTemplates', key: [{ at: ['metadata', 'name'] }] },
  { list: 'ports', within: 'container', key: [{ at: ['containerPort'] }, PROTOCOL] },
  { list: 'ports', within: 'serviceSpec', key: [{ at: ['port'] }, PROTOCOL] },
  { list: 'volumeMounts', key: [{ at: ['mountPath'] }] },
  { list: 'volumeDevices', key: [{ at: ['devicePath'] }] },
  { list: 'hostAliases', key: [{ at: ['ip'] }] },
  { list: 'topologySpreadConstraints', key: [{ at: ['topologyKey'] }, { at: ['whenUnsatisfiable'] }] },
];

/** What an object is, as far as the rules ask. */
type Place = 'service' | 'serviceSpec' | 'container' | 'elsewhere';

/**
 * Returns a manifest with a patch merged into it: a JSON merge patch (RFC 7386: null removes), except that the lists of
 * `LIST_MERGE_RULES` are merged by key. An item of these with `$patch: delete` removes its match; a list with an item
 * that lacks its key replaces the whole list.
 */
export function mergeManifest(base: JsonObject, patch: JsonObject): JsonObject {
  return mergeObject(base, patch, base['kind'] === 'Service' ? 'service' : 'elsewhere');
}

function mergeObject(base: JsonObject, patch: JsonObject, place: Place): JsonObject {
  const merged: { [key: string]: Json | undefined } = { ...base };
  for (const [name, value] of Object.entries(patch)) {
    if (value === undefined || name === '__proto__') continue;
    if (value === null) delete merged[name];
    else merged[name] = mergeMember(childOf(base, name), value, name, place);
  }
  return merged;
}

function mergeMember(base: Json | undefined, patch: Json, name: string, parent: Place): Json {
  if (isJsonObject(patch)) {
    const place = parent === 'service' && name === 'spec' ? 'serviceSpec' : 'elsewhere';
    return mergeObject(isJsonObject(base) ? base : {}, patch, place);
  }
  const rule = LIST_MERGE_RULES.find(({ list, within }) => list === name && (within ?? parent) === parent);
  if (rule === undefined || !isJsonList(patch)) return patch;
  return mergeList(isJsonList(base) ? base : [], patch, rule) ?? patch;
}

function mergeList(base: readonly Json[], patch: readonly Json[], rule: ListMergeRule): readonly Json[] | undefined {
  const merged: Json[] = [...base];
  for (const item of patch) {
    const key = keyOf(item, rule);
    if (key === undefined || !isJsonObject(item)) return undefined;
    const index = merged.findIndex((present) => keyOf(present, rule) === key);
    if (item['$patch'] !== 'delete')
      merged[index === -1 ? merged.length : index] = mergeItem(merged[index], item, rule);
    else if (index !== -1) merged.splice(index, 1);
  }
  return merged;
}

function mergeItem(present: Json | undefined, item: JsonObject, rule: ListMergeRule): JsonObject {
  const base = isJsonObject(present) ? present : {};
  const kept = rule.oneOf ? dropAlternatives(base, item, rule) : base;
  return mergeObject(kept, item, CONTAINER_LISTS.includes(rule.list) ? 'container' : 'elsewhere');
}

function dropAlternatives(base: JsonObject, item: JsonObject, { key }: ListMergeRule): JsonObject {
  const isKey = (name: string) => key.some(({ at }) => at[0] === name);
  if (Object.keys(item).every(isKey)) return base;
  return Object.fromEntries(Object.entries(base).filter(([name]) => isKey(name) || Object.hasOwn(item, name)));
}

/** Returns the key of an item as one text; `undefined` when a member of the key is absent or no scalar. */
function keyOf(item: Json, { key }: ListMergeRule): string | undefined {
  const parts: (string | number)[] = [];
  for (const { at, standIn } of key) {
    const found = at.reduce<Json | undefined>(
      (value, name) => (value === undefined ? value : childOf(value, name)),
      item,
    );
    const part = found ?? standIn;
    if (typeof part !== 'string' && typeof part !== 'number') return undefined;
    parts.push(part);
  }
  return JSON.stringify(parts);
}
