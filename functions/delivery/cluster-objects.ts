import type { Assignment } from '../generated/types.ts';
import type { HealthRules } from '../health/health-rules.ts';
import { contentHash } from '../kube/content-hash.ts';
import { identityOf } from '../kube/identity.ts';
import { boundedName } from '../kube/names.ts';
import type { KubeObject } from '../kube/object.ts';
import type { Checked } from '../kube/problem.ts';
import type { CompiledRevision } from '../revision/compile-revision.ts';
import { holeValues } from '../revision/hole-values.ts';
import type { Owner } from '../revision/revision-content.ts';
import { entryKey } from '../slices/placed-assignment.ts';
import { formats } from './formats.ts';
import { clusterLabel, entryLabel, type ObservedObject } from './observed-objects.ts';

/** An Object that a cluster should have. */
export type WantedObject = {
  readonly key: string;
  readonly resource: KubeObject;
  /** Hash of the manifest, which the remote object has to show. */
  readonly content: string;
  /** `Kind/name` for messages. */
  readonly title: string;
  readonly observed?: KubeObject;
};

/** The slice that Objects belong to. */
export type SliceIdentity = { readonly owner: Owner; readonly namespace: string; readonly name: string };

/** Returns the Objects of one assignment, or why its Revision cannot be instantiated. An Object that exists keeps its key and name whatever their format. */
export function clusterObjects(
  assignment: Assignment,
  revision: CompiledRevision,
  slice: SliceIdentity,
  observed: readonly ObservedObject[],
  rules?: HealthRules,
): Checked<readonly WantedObject[]> {
  const format = formats.get(assignment.format);
  if (format === undefined) {
    const known = [...formats.keys()].join(', ');
    return {
      problems: [
        {
          path: 'format',
          message: `must be one of ${known} (got ${assignment.format})`,
          hint: 'a newer Crossply wrote this assignment; run at least that version',
        },
      ],
    };
  }
  const instance = revision.instantiate(assignment.overrides ?? [], holeValues(assignment));
  if (instance.problems !== undefined) return instance;
  const existing = new Map(observed.map((entry) => [entry.identity, entry]));
  return {
    value: [...instance.value.values()].map((manifest) => {
      const identity = identityOf(manifest);
      const before = existing.get(identity);
      const { spec, content } = format(manifest, assignment.providerConfig, rules);
      return {
        key: before?.key ?? `${entryKey(assignment)}/${identity}`,
        resource: {
          apiVersion: 'kubernetes.m.crossplane.io/v1alpha1',
          kind: 'Object',
          metadata: {
            name: before?.object.metadata.name ?? objectName(manifest, entryKey(assignment), slice),
            labels: objectLabels(assignment, slice),
          },
          spec: spec ?? {},
        },
        content,
        title: `${manifest.kind}/${manifest.metadata.name ?? ''}`,
        ...(before !== undefined && { observed: before.object }),
      };
    }),
  };
}

/** Returns the labels that every Object of a cluster carries. */
export function objectLabels(
  { cluster, key = cluster }: Pick<Assignment, 'cluster' | 'key'>,
  slice: SliceIdentity,
): { readonly [key: string]: string } {
  return { [clusterLabel]: cluster, ...(key !== cluster && { [entryLabel]: key }), ...sliceLabels(slice) };
}

/** Returns the labels that every Object of a slice carries. */
export function sliceLabels({ owner, name }: SliceIdentity): { readonly [key: string]: string } {
  return { 'crossply.dev/slice': name, 'crossply.dev/xr': owner.name, 'crossply.dev/xr-kind': owner.kind };
}

/** A name no other Object has on any hub namespace: the provider's field manager in the member is made of the name alone. */
function objectName(manifest: KubeObject, entry: string, { owner, namespace }: SliceIdentity): string {
  const unique = contentHash({ namespace, owner, cluster: entry, identity: identityOf(manifest) }, 10);
  return `${boundedName([entry, manifest.kind, manifest.metadata.name ?? ''], 52)}-${unique}`;
}
