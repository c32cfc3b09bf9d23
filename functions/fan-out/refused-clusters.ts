import { type Boundary, checkBoundary } from '../boundary/boundary.ts';
import type { Assignment } from '../generated/types.ts';
import { canonicalJson } from '../kube/canonical-json.ts';
import { depthOf, maxManifestDepth } from '../kube/depth.ts';
import type { JsonObject } from '../kube/json.ts';
import type { KubeObject } from '../kube/object.ts';
import type { Problem } from '../kube/problem.ts';
import type { CompiledRevision } from '../revision/compile-revision.ts';
import { holeValues } from '../revision/hole-values.ts';
import type { PlacedAssignment } from '../slices/placed-assignment.ts';

/**
 * Returns the clusters whose content would change to something they may not or cannot get, with the problems. Checked
 * after holes and overrides are filled in, for either could name a foreign image; what a cluster has already is not judged
 * again. Clusters with the same values and overrides share the work.
 */
export function refusedClusters(
  wanted: ReadonlyMap<string, Assignment>,
  current: readonly PlacedAssignment[],
  revision: CompiledRevision,
  boundary: Boundary,
): ReadonlyMap<string, readonly Problem[]> {
  const present = new Map(current.map(({ assignment }) => [assignment.cluster, contentOf(assignment)]));
  const judged = new Map<string, readonly Problem[]>();
  const refused = new Map<string, readonly Problem[]>();
  for (const [cluster, assignment] of wanted) {
    const content = contentOf(assignment);
    if (present.get(cluster) === content) continue;
    const problems = judged.get(content) ?? judge(assignment, revision, boundary);
    judged.set(content, problems);
    if (problems.length > 0) refused.set(cluster, problems);
  }
  return refused;
}

function contentOf({ revision, values = [], overrides = [] }: Assignment): string {
  return canonicalJson({ revision, values, overrides } as JsonObject);
}

function judge(assignment: Assignment, revision: CompiledRevision, boundary: Boundary): readonly Problem[] {
  const instance = revision.instantiate(assignment.overrides ?? [], holeValues(assignment));
  if (instance.problems !== undefined) return instance.problems;
  return [...instance.value.values()].flatMap((manifest) => [
    ...checkBoundary(manifest, boundary),
    ...checkDepth(manifest),
  ]);
}

/** A value may nest a manifest deeper than its template was. */
function checkDepth(manifest: KubeObject): readonly Problem[] {
  if (depthOf(manifest) <= maxManifestDepth) return [];
  const path = `${manifest.kind}/${manifest.metadata.name ?? ''}`;
  return [{ path, message: `is nested deeper than ${maxManifestDepth} levels, more than Crossplane can carry` }];
}
