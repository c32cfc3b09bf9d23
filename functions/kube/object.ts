import { isJsonList, isJsonObject, type Json, type JsonObject } from './json.ts';

/** The part of metav1.ObjectMeta that is read or written here. */
export interface ObjectMeta extends JsonObject {
  readonly name?: string;
  readonly generateName?: string;
  readonly namespace?: string;
  readonly uid?: string;
  readonly generation?: number;
  readonly creationTimestamp?: string;
  readonly deletionTimestamp?: string;
  readonly labels?: { readonly [key: string]: string };
  readonly annotations?: { readonly [key: string]: string };
}

/** Any Kubernetes object, as unstructured JSON. */
export interface KubeObject extends JsonObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: ObjectMeta;
  readonly spec?: Json;
  readonly status?: Json;
}

/** metav1.Condition, as core and the providers write it. */
export interface Condition extends JsonObject {
  readonly type: string;
  readonly status: 'True' | 'False' | 'Unknown';
  readonly reason: string;
  readonly message?: string;
  readonly lastTransitionTime: string;
  readonly observedGeneration?: number;
}

/** Returns the API group of an apiVersion; the core group is the empty string. */
export function groupOf(apiVersion: string): string {
  const slash = apiVersion.indexOf('/');
  return slash === -1 ? '' : apiVersion.slice(0, slash);
}

/** Returns the members of a list that look like conditions; none when it is no list. */
export function conditionList(list: Json | undefined): readonly Condition[] {
  return isJsonList(list)
    ? list.filter((item): item is Condition => isJsonObject(item) && typeof item['type'] === 'string')
    : [];
}

/** Returns the conditions of an object's status; none when it has none. */
export function conditionsOf({ status }: KubeObject): readonly Condition[] {
  return isJsonObject(status) ? conditionList(status['conditions']) : [];
}

/** Returns the condition of a type, if the object has it. */
export function findCondition(object: KubeObject, type: string): Condition | undefined {
  return conditionsOf(object).find((condition) => condition.type === type);
}
