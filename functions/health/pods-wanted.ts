import { readFieldPath } from '../kube/field-path.ts';
import type { KubeObject } from '../kube/object.ts';
import type { Pods } from './health-rule.ts';

/** Tells whether an object that runs pods wants at least one. Holes that are not filled yet want some. */
export function wantsPods(object: KubeObject, { replicas, scheduled, suspended }: Pods): boolean {
  if (suspended !== undefined && readFieldPath(object, suspended) === true) return false;
  if (scheduled !== undefined) return Number(readFieldPath(object, scheduled) ?? 0) >= 1;
  const count = replicas === undefined ? undefined : readFieldPath(object, replicas);
  return typeof count === 'number' ? count > 0 : true;
}
