import type { KubeObject } from '../../../functions/kube/object.ts';
import type { Api } from '../api.ts';

/** What a member holds, by `Kind namespace/name`; the objects that controllers make of others are left out. */
export type MemberObjects = ReadonlyMap<string, KubeObject>;

/** How two looks at a member differ, by `Kind namespace/name`, each list sorted. */
export interface MemberChanges {
  readonly added: readonly string[];
  readonly removed: readonly string[];
  /** Objects that were deleted and made again: same name, another uid. */
  readonly recreated: readonly string[];
  /** Objects whose spec, data or metadata that people write are not what they were. */
  readonly changed: readonly string[];
}

/** Returns every object of a member that people or Crossply put there. */
export async function memberObjects(api: Api): Promise<MemberObjects> {
  const objects = (await api.everything()).filter(
    (object) => object.metadata['ownerReferences'] === undefined && !bookkeeping.has(object.kind),
  );
  return new Map(objects.map((object) => [labelOf(object), object]));
}

/** Returns what changed between two looks at a member. */
export function memberChanges(before: MemberObjects, after: MemberObjects): MemberChanges {
  const both = [...after].flatMap(([label, now]) => {
    const then = before.get(label);
    return then === undefined ? [] : [{ label, then, now }];
  });
  const kept = both.filter(({ then, now }) => then.metadata.uid === now.metadata.uid);
  return {
    added: [...after.keys()].filter((label) => !before.has(label)).sort(),
    removed: [...before.keys()].filter((label) => !after.has(label)).sort(),
    recreated: both
      .filter(({ then, now }) => then.metadata.uid !== now.metadata.uid)
      .map(({ label }) => label)
      .sort(),
    changed: kept
      .filter(({ then, now }) => contentOf(then) !== contentOf(now))
      .map(({ label }) => label)
      .sort(),
  };
}

/** Kinds that the control plane keeps for itself. */
const bookkeeping = new Set([
  'Node',
  'Endpoints',
  'EndpointSlice',
  'CSINode',
  'APIService',
  'FlowSchema',
  'PriorityLevelConfiguration',
  'IPAddress',
]);

function labelOf({ kind, metadata: { namespace, name } }: KubeObject): string {
  return namespace === undefined ? `${kind} ${name}` : `${kind} ${namespace}/${name}`;
}

/** What people write of an object; Kubernetes counts a Deployment's rollouts in an annotation of its own. */
function contentOf({ status: _, metadata, ...content }: KubeObject): string {
  const annotations = Object.entries(metadata.annotations ?? {}).filter(
    ([key]) => !key.startsWith('deployment.kubernetes.io/'),
  );
  return JSON.stringify([content, metadata.labels, annotations, metadata.deletionTimestamp]);
}
