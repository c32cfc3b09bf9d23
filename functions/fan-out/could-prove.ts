import type { Assignment } from '../generated/types.ts';
import { canProve } from '../health/can-prove.ts';
import type { HealthRules } from '../health/health-rules.ts';
import { canonicalJson } from '../kube/canonical-json.ts';
import type { Json, JsonObject } from '../kube/json.ts';
import type { KubeObject } from '../kube/object.ts';
import type { CompiledRevision } from '../revision/compile-revision.ts';
import { holeValues } from '../revision/hole-values.ts';
import type { Revision } from '../revision/revision-content.ts';

/** What a target is proven on. */
export type ProofFacts = {
  readonly target: Revision;
  readonly compiled: CompiledRevision;
  readonly wanted: ReadonlyMap<string, Assignment>;
  /** What was healthy everywhere before, if anything was. */
  readonly stable: Revision | undefined;
  readonly rules: HealthRules;
};

/**
 * Returns a function that tells of a wanted cluster whether something new of the target could fail there, so that health
 * says something of it: what the cluster gets, with its values and replicas filled in, holds an object that was not healthy
 * everywhere before, has a health of its own, and wants at least one replica where it runs any. Clusters with the same values
 * and overrides share the work.
 */
export function couldProve({ target, compiled, wanted, stable, rules }: ProofFacts): (cluster: string) => boolean {
  const changed = changedTemplates(target, stable);
  const mayProve = (template: KubeObject | undefined) => template !== undefined && canProve(template, rules);
  if (![...changed].some((key) => mayProve(target.content.templates[key]))) return () => false;
  const known = new Map<string, boolean>();
  return (cluster) => {
    const assignment = wanted.get(cluster);
    if (assignment === undefined) return false;
    const { values = [], overrides = [] } = assignment;
    const content = canonicalJson({ values, overrides } as JsonObject);
    const answer = known.get(content) ?? instanceProves(assignment, compiled, changed, rules);
    known.set(content, answer);
    return answer;
  };
}

/** Keys of the templates that the stable revision did not have as they are; all of them where overrides differ or it is the same revision. */
function changedTemplates(target: Revision, stable: Revision | undefined): ReadonlySet<string> {
  const { templates, overrides } = target.content;
  const keys = Object.keys(templates);
  if (stable === undefined || stable.name === target.name) return new Set(keys);
  const isSame = (a: unknown, b: unknown) => canonicalJson(a as Json) === canonicalJson(b as Json);
  if (!isSame(overrides, stable.content.overrides)) return new Set(keys);
  return new Set(keys.filter((key) => !isSame(templates[key], stable.content.templates[key] ?? null)));
}

function instanceProves(
  assignment: Assignment,
  compiled: CompiledRevision,
  changed: ReadonlySet<string>,
  rules: HealthRules,
): boolean {
  const instance = compiled.instantiate(assignment.overrides ?? [], holeValues(assignment));
  return [...(instance.value ?? [])].some(([key, manifest]) => changed.has(key) && canProve(manifest, rules));
}
