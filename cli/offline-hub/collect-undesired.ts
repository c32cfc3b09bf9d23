import type { KubeObject, ObjectMeta } from '../../functions/kube/object.ts';
import { compositeLabel } from './composed-resource.ts';
import { ComposeFailure, type CoreParts } from './core-parts.ts';
import { controllerOf, refTo } from './object-ref.ts';
import type { Refusal } from './refusal.ts';

/**
 * Deletes, in the foreground, observed resources whose key is no longer desired and which the composite controls. A stale view
 * of one of them, or a Usage of it, ends the pass as a conflict before anything is applied.
 */
export function collectUndesired(
  { store }: CoreParts,
  composite: KubeObject,
  observed: ReadonlyMap<string, KubeObject>,
  desiredKeys: ReadonlySet<string>,
): void {
  for (const [key, object] of observed) {
    if (desiredKeys.has(key) || controllerOf(object)?.uid !== composite.metadata.uid) continue;
    const ref = refTo(object);
    const live = store.get(ref);
    if (live === undefined) continue;
    if (live.metadata.resourceVersion !== object.metadata.resourceVersion) {
      throw new ComposeFailure(
        `cannot garbage collect composed resources that are no longer desired: "${key}" has changed meanwhile`,
        true,
      );
    }
    const cleaned = store.update(ref, 'crossplane', withoutCompositeLabel);
    const deleted = cleaned.refusal === undefined ? store.delete(ref, 'Foreground', object.metadata.uid) : cleaned;
    if (deleted.refusal !== undefined && deleted.refusal.reason !== 'NotFound') throw failure(key, deleted.refusal);
  }
}

/** Shows that the resource was collected, not deleted together with its composite. */
function withoutCompositeLabel(object: KubeObject): KubeObject {
  const { [compositeLabel]: _, ...labels } = object.metadata.labels ?? {};
  const metadata: ObjectMeta = { ...object.metadata, labels };
  return { ...object, metadata };
}

function failure(key: string, { reason, message }: Refusal): ComposeFailure {
  const cause = `cannot delete composed resource "${key}": ${message}`;
  return new ComposeFailure(
    `cannot garbage collect composed resources that are no longer desired: ${cause}`,
    reason === 'Conflict',
  );
}
