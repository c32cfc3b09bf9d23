import { boundedName } from '../kube/names.ts';
import type { KubeObject } from '../kube/object.ts';
import type { Owner } from '../revision/revision-content.ts';

/** Resource key of the Usage that protects a composite. */
export const protectionKey = 'deletion-protection';

/**
 * Returns the Usage that makes the API server refuse to delete a composite while it runs on clusters: functions are not
 * called for a deleted composite, so its removal could not be staged.
 */
export function deletionProtection(owner: Owner): KubeObject {
  return {
    apiVersion: 'protection.crossplane.io/v1beta1',
    kind: 'Usage',
    metadata: { name: boundedName([owner.kind, owner.name, 'protection']) },
    spec: {
      of: { apiVersion: owner.apiVersion, kind: owner.kind, resourceRef: { name: owner.name } },
      reason: `${owner.kind} ${owner.name} runs on member clusters and would be removed from all of them at once; set spec.deletionPolicy: Delete first`,
    },
  };
}
