import type { KubeObject } from '../../functions/kube/object.ts';
import { sameJson } from './same-json.ts';

/** Returns an object with the next generation when anything but its metadata and status differs from what it was. */
export function countGeneration(next: KubeObject, old: KubeObject): KubeObject {
  const { generation } = old.metadata;
  const isSame = Object.keys({ ...next, ...old }).every(
    (key) => key === 'metadata' || key === 'status' || sameJson(next[key], old[key]),
  );
  if (generation === undefined || isSame) return next;
  return { ...next, metadata: { ...next.metadata, generation: generation + 1 } };
}
