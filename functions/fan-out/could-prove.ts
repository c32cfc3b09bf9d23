import type { Assignment } from '../generated/types.ts';
import { canonicalJson } from '../kube/canonical-json.ts';
import type { JsonObject } from '../kube/json.ts';
import { groupOf, type KubeObject } from '../kube/object.ts';
import type { CompiledRevision } from '../revision/compile-revision.ts';
import { holeValues } from '../revision/hole-values.ts';
import type { Revision } from '../revision/revision-content.ts';

const workloads = new Set(['apps/Deployment', 'apps/StatefulSet', 'apps/DaemonSet', 'batch/Job']);
function canProve(m: KubeObject): boolean {
  const spec = m['spec'] as { replicas?: unknown } | undefined;
  return workloads.has(`${groupOf(m.apiVersion)}/${m.kind}`) && spec?.replicas !== 0;
}

/**
 * Returns the clusters on which something of a revision could fail, so that health there says something of it: what they get,
 * with their values and replicas filled in, holds an object with a health of its own that wants at least one replica where it
 * runs any. Clusters with the same values and overrides share the work.
 */
export function couldProve(revision: Revision, compiled: CompiledRevision, wanted: ReadonlyMap<string, Assignment>) {
  if (!Object.values(revision.content.templates).some(canProve)) return new Set<string>();
  const known = new Map<string, boolean>();
  const isProvable = (assignment: Assignment): boolean => {
    const { values = [], overrides = [] } = assignment;
    const content = canonicalJson({ values, overrides } as JsonObject);
    const answer = known.get(content) ?? instanceProves(compiled, assignment);
    known.set(content, answer);
    return answer;
  };
  return new Set([...wanted].flatMap(([cluster, assignment]) => (isProvable(assignment) ? [cluster] : [])));
}

function instanceProves(compiled: CompiledRevision, assignment: Assignment): boolean {
  const instance = compiled.instantiate(assignment.overrides ?? [], holeValues(assignment));
  return instance.value !== undefined && [...instance.value.values()].some(canProve);
}
