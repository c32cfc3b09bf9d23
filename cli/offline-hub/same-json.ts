import type { Json } from '../../functions/kube/json.ts';
import { isJsonList, isJsonObject } from '../../functions/kube/json.ts';

/** Tells whether two values are equal JSON; a member that is `undefined` counts as absent. */
export function sameJson(a: Json | undefined, b: Json | undefined): boolean {
  if (a === b) return true;
  if (isJsonList(a))
    return isJsonList(b) && a.length === b.length && a.every((item, index) => sameJson(item, b[index]));
  if (!isJsonObject(a) || !isJsonObject(b)) return false;
  for (const key in a) if (!sameJson(a[key], b[key])) return false;
  for (const key in b) if (b[key] !== undefined && a[key] === undefined) return false;
  return true;
}
