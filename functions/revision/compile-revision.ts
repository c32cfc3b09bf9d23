import type { Json } from '../kube/json.ts';
import type { KubeObject } from '../kube/object.ts';
import type { Checked, Problem } from '../kube/problem.ts';
import { compileTemplate, type Template } from '../template/fill.ts';
import { applyOverrides } from './apply-overrides.ts';
import type { RevisionContent } from './revision-content.ts';

/** The manifests of one cluster by template key; members whose template came out as null are left out. */
export type Instance = ReadonlyMap<string, KubeObject>;

/** The expressions of some holes, sorted, and where each is first used. */
export type Expressions = { readonly expressions: readonly string[]; readonly pathOf: (expression: string) => string };

/** A Revision made ready to be instantiated for many clusters. */
export interface CompiledRevision {
  /** Returns the expressions of exactly those holes that a cluster with these overrides fills, sorted. */
  expressions(overrides: readonly number[]): Checked<Expressions>;
  /** Returns what a cluster gets from these overrides and hole values. */
  instantiate(overrides: readonly number[], values: ReadonlyMap<string, Json>): Checked<Instance>;
}

/** Most hole values that one assignment may list: the schema of AssignmentSlice allows no more. */
const maxExpressions = 512;

type Variant = Expressions & { readonly templates: ReadonlyMap<string, Template> };

/** Returns a Revision made ready; clusters with the same overrides share the work. */
export function compileRevision(content: RevisionContent): CompiledRevision {
  const variants = new Map<string, Checked<Variant>>();
  const variantOf = (overrides: readonly number[]): Checked<Variant> => {
    const key = overrides.join(',');
    const known = variants.get(key);
    if (known !== undefined) return known;
    const variant = compileVariant(content, overrides);
    variants.set(key, variant);
    return variant;
  };
  return {
    expressions(overrides) {
      return variantOf(overrides);
    },
    instantiate(overrides, values) {
      const variant = variantOf(overrides);
      return variant.problems === undefined ? fillVariant(variant.value, values) : variant;
    },
  };
}

function compileVariant(content: RevisionContent, overrides: readonly number[]): Checked<Variant> {
  const overridden = applyOverrides(content.templates, content.overrides, overrides);
  if (overridden.problems !== undefined) return overridden;
  const templates = new Map<string, Template>();
  const places = new Map<string, string>();
  const problems: Problem[] = [];
  for (const key of Object.keys(overridden.value).sort()) {
    const manifest = overridden.value[key];
    if (manifest === undefined) continue;
    const template = compileTemplate(manifest);
    if (template.problems !== undefined) problems.push(...template.problems.map(within(manifest)));
    else {
      templates.set(key, template.value);
      for (const expression of template.value.expressions) {
        if (!places.has(expression))
          places.set(expression, `${titleOf(manifest)} ${template.value.pathOf(expression)}`);
      }
    }
  }
  if (places.size > maxExpressions) {
    const message = `uses ${places.size} different expressions, at most ${maxExpressions} fit into an assignment`;
    problems.push({ path: 'templates', message, hint: 'put what belongs together into fewer expressions' });
  }
  if (problems.length > 0) return { problems };
  return { value: { templates, expressions: [...places.keys()].sort(), pathOf: (each) => places.get(each) ?? '' } };
}

function fillVariant({ templates }: Variant, values: ReadonlyMap<string, Json>): Checked<Instance> {
  const instance = new Map<string, KubeObject>();
  const problems: Problem[] = [];
  for (const [key, template] of templates) {
    const filled = template.fill(values);
    if (filled.problems !== undefined)
      problems.push(...filled.problems.map((problem) => ({ ...problem, path: `${key} ${problem.path}` })));
    else instance.set(key, filled.value as KubeObject);
  }
  return problems.length > 0 ? { problems } : { value: instance };
}

function within(manifest: KubeObject): (problem: Problem) => Problem {
  return (problem) => ({ ...problem, path: `${titleOf(manifest)} ${problem.path}` });
}

function titleOf({ kind, metadata }: KubeObject): string {
  return `${kind}/${metadata.name ?? ''}`;
}
