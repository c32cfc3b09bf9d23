import { canonicalJson } from '../../functions/kube/canonical-json.ts';
import { isJsonList, isJsonObject, type Json } from '../../functions/kube/json.ts';

/**
 * Returns how answers of named parts are compared: every part that is expected must be given the same, those named are
 * compared as sets, and an error must be expected.
 */
export function agreeOn(...sets: readonly string[]): (expected: Json, given: Json) => boolean {
  return (expected, given) => {
    if (!isJsonObject(expected) || !isJsonObject(given)) return canonicalJson(expected) === canonicalJson(given);
    if ((given['error'] === true) !== (expected['error'] === true)) return false;
    return Object.entries(expected).every(([part, value = null]) => {
      const ours = given[part] ?? null;
      if (!sets.includes(part) || !isJsonList(value) || !isJsonList(ours))
        return canonicalJson(value) === canonicalJson(ours);
      return canonicalJson(value.map(canonicalJson).sort()) === canonicalJson(ours.map(canonicalJson).sort());
    });
  };
}
