import type { Override } from '../generated/types.ts';
import { applyJsonPatch, type JsonPatchOperation } from '../kube/json-patch.ts';
import { mergeManifest } from '../kube/kube-merge.ts';
import type { KubeObject } from '../kube/object.ts';
import type { Checked, Problem } from '../kube/problem.ts';

/** Templates by key. */
export type Templates = { readonly [key: string]: KubeObject };

/** Tells whether an override speaks of a manifest: kind, and apiVersion and name where given. */
export function targets({ target }: Override, manifest: KubeObject): boolean {
  return (
    target.kind === manifest.kind &&
    (target.apiVersion === undefined || target.apiVersion === manifest.apiVersion) &&
    (target.name === undefined || target.name === manifest.metadata.name)
  );
}

/** Returns the templates with the overrides of the given indices applied in order (later wins), or what could not be applied. */
export function applyOverrides(
  templates: Templates,
  overrides: readonly Override[],
  indices: readonly number[],
): Checked<Templates> {
  const result: { [key: string]: KubeObject } = { ...templates };
  const problems: Problem[] = [];
  for (const index of indices) {
    const override = overrides[index];
    if (override === undefined) continue;
    for (const key of Object.keys(result).sort()) {
      const manifest = result[key];
      if (manifest === undefined || !targets(override, manifest)) continue;
      const applied = applyOne(override, manifest, `spec.overrides[${index}]`);
      if (applied.problems === undefined) result[key] = applied.value;
      else problems.push(...applied.problems);
    }
  }
  return problems.length > 0 ? { problems } : { value: result };
}

function applyOne(override: Override, manifest: KubeObject, path: string): Checked<KubeObject> {
  const name = `${manifest.kind}/${manifest.metadata.name ?? ''}`;
  if (override.merge !== undefined)
    return sameIdentity(mergeManifest(manifest, override.merge) as KubeObject, manifest, path);
  const patched = applyJsonPatch(manifest, (override.patches ?? []) as readonly JsonPatchOperation[]);
  if (patched.problems === undefined) return sameIdentity(patched.value as KubeObject, manifest, path);
  return {
    problems: patched.problems.map((problem) => ({ ...problem, path: `${path}.patches on ${name} ${problem.path}` })),
  };
}

/** An override that renamed an object would make every cluster's objects differ in kind, not in content. */
function sameIdentity(result: KubeObject, before: KubeObject, path: string): Checked<KubeObject> {
  const identity = ({ apiVersion, kind, metadata }: KubeObject) =>
    `${apiVersion} ${kind} ${metadata?.namespace ?? ''}/${metadata?.name ?? ''}`;
  if (identity(result) === identity(before)) return { value: result };
  return {
    problems: [
      {
        path,
        message: `must not change apiVersion, kind, name or namespace of ${before.kind}/${before.metadata.name ?? ''}`,
        hint: 'override its content, or give the clusters another component',
      },
    ],
  };
}
