import { isJsonList, isJsonObject, type Json, type JsonObject } from '../../functions/kube/json.ts';

/** Returns the value when it is an object, else an empty one: for reading objects that nobody has checked. */
export function asObject(value: Json | undefined): JsonObject {
  return isJsonObject(value) ? value : {};
}

/** Returns the value when it is a list, else an empty one. */
export function asList(value: Json | undefined): readonly Json[] {
  return isJsonList(value) ? value : [];
}
