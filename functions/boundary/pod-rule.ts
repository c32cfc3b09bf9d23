import { isJsonObject, type Json, type JsonObject } from '../kube/json.ts';
import type { Problem } from '../kube/problem.ts';
import { containersOf } from './pod-specs.ts';

/** A pod as the rules see it: its spec and the annotations of its metadata. */
export type PodFacts = { readonly spec: JsonObject; readonly annotations: JsonObject };

/** One rule of the Pod Security Standards: returns what breaks it, with paths below the given one. */
export type PodRule = (pod: PodFacts, path: string) => readonly Problem[];

/** Returns why the value of a field breaks a rule, or nothing; a field that is null counts as absent, as the API server has it. */
type Check = (value: Json | undefined) => string | undefined;

/** Returns a member of an object that is an object itself, else an empty one. */
export function section(object: JsonObject, field: string): JsonObject {
  const value = object[field];
  return isJsonObject(value) ? value : {};
}

/** Returns a field of a securityContext; absent when it is null. */
export function securityField(holder: JsonObject, field: string): Json | undefined {
  return section(holder, 'securityContext')[field] ?? undefined;
}

/** Returns a rule for one field of the pod's securityContext. */
export function podRule(field: string, check: Check): PodRule {
  return ({ spec }, path) => {
    const message = check(securityField(spec, field));
    return message === undefined ? [] : [{ path: `${path}.securityContext.${field}`, message }];
  };
}

/** Returns a rule for one field of every container's securityContext. */
export function containerRule(field: string, check: Check): PodRule {
  return ({ spec }, path) =>
    containersOf(spec, path).flatMap(({ path: at, container }) => {
      const message = check(securityField(container, field));
      return message === undefined ? [] : [{ path: `${at}.securityContext.${field}`, message }];
    });
}

/** Returns a rule for one field of the pod's and every container's securityContext. */
export function podAndContainerRule(field: string, check: Check): PodRule {
  const ofPod = podRule(field, check);
  const ofContainers = containerRule(field, check);
  return (pod, path) => [...ofPod(pod, path), ...ofContainers(pod, path)];
}
