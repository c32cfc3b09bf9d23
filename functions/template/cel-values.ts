import {
  type CelInput,
  type CelList,
  type CelMap,
  type CelValue,
  celList,
  celMap,
  celType,
  isCelList,
  isCelMap,
  isCelType,
  isCelUint,
} from '@bufbuild/cel';
import { isJsonList, isJsonObject, type Json, type JsonObject } from '../kube/json.ts';
import type { Checked } from '../kube/problem.ts';

/** Most that one expression may give, in characters of its strings and keys, each value counted as one more. */
const MAX_RESULT_SIZE = 65_536;

/** Deepest lists and maps that one expression may give; the wire carries some 31 levels, the manifest around it included. */
const MAX_RESULT_DEPTH = 12;

const converted = new WeakMap<object, CelInput>();

/** Returns a JSON value as the engine's own; whole numbers become int, so that `replicas / 2` divides as in Kubernetes. */
export function toCelValue(value: Json): CelInput {
  if (typeof value === 'number') return Number.isSafeInteger(value) ? BigInt(value) : value;
  if (typeof value !== 'object' || value === null) return value;
  const known = converted.get(value);
  if (known !== undefined) return known;
  const fresh = isJsonList(value) ? celList(value.map(toCelValue)) : celMap(new Map(membersOf(value)));
  converted.set(value, fresh);
  return fresh;
}

function membersOf(value: Json): [string, CelInput][] {
  if (!isJsonObject(value)) return [];
  return Object.entries(value).flatMap(([key, member]): [string, CelInput][] =>
    member === undefined ? [] : [[key, toCelValue(member)]],
  );
}

/** Returns an engine's value as JSON, or says why it has no JSON form: bytes, times, types, numbers that lose digits, keys that are no strings. */
export function fromCelValue(value: CelValue): Checked<Json> {
  const conversion: Conversion = { left: MAX_RESULT_SIZE };
  const json = toJson(value, conversion, 0);
  const { refusal } = conversion;
  return refusal === undefined ? { value: json } : { problems: [{ path: '', message: `gives ${refusal}` }] };
}

/** How much more may be converted, and why the conversion was given up. */
type Conversion = { left: number; refusal?: string };

function toJson(value: CelValue, conversion: Conversion, depth: number): Json {
  take(conversion, typeof value === 'string' ? value.length + 1 : 1);
  if (depth > MAX_RESULT_DEPTH) conversion.refusal ??= `more than ${MAX_RESULT_DEPTH} levels of lists and maps`;
  if (conversion.refusal !== undefined) return null;
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return value;
  if (typeof value === 'number') return finite(value, conversion);
  if (typeof value === 'bigint') return exact(value, conversion);
  if (isCelUint(value)) return exact(value.value, conversion);
  if (isCelList(value)) return toJsonList(value, conversion, depth);
  if (isCelMap(value)) return toJsonObject(value, conversion, depth);
  const type = isCelType(value) ? 'type' : celType(value).name;
  conversion.refusal = `a value of type ${type}, which has no JSON form`;
  return null;
}

function take(conversion: Conversion, size: number): void {
  conversion.left -= size;
  if (conversion.left < 0) conversion.refusal ??= `more than ${MAX_RESULT_SIZE} characters`;
}

function toJsonList(list: CelList, conversion: Conversion, depth: number): Json[] {
  const items: Json[] = [];
  for (const item of list) {
    if (conversion.refusal !== undefined) break;
    items.push(toJson(item, conversion, depth + 1));
  }
  return items;
}

function toJsonObject(map: CelMap, conversion: Conversion, depth: number): JsonObject {
  const object: { [key: string]: Json } = {};
  for (const [key, member] of map) {
    if (typeof key !== 'string' || key === '__proto__') {
      conversion.refusal ??= `a map with the key ${isCelUint(key) ? key.value : key}, which no JSON object may have`;
    }
    if (conversion.refusal !== undefined) break;
    const name = String(key);
    take(conversion, name.length);
    object[name] = toJson(member, conversion, depth + 1);
  }
  return object;
}

function finite(value: number, conversion: Conversion): number {
  if (!Number.isFinite(value)) conversion.refusal = `${value}, which is no JSON number`;
  return value === 0 ? 0 : value;
}

function exact(value: bigint, conversion: Conversion): number {
  const number = Number(value);
  if (!Number.isSafeInteger(number)) conversion.refusal = `${value}, which JSON readers would round`;
  return number;
}
