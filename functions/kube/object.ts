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

/** Returns the conditions of an object's status; none when it has none. */
export function conditionsOf({ status }: KubeObject): readonly Condition[] {
  const conditions = isJsonObject(status) && isJsonList(status['conditions']) ? status['conditions'] : [];
  return conditions.filter(
    (condition): condition is Condition => isJsonObject(condition) && typeof condition['type'] === 'string',
  );
}

/** Returns the condition of a type, if the object has it. */
export function findCondition(object: KubeObject, type: string): Condition | undefined {
  return conditionsOf(object).find((condition) => condition.type === type);
}
