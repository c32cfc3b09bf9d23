import { canonicalJson } from '../../functions/kube/canonical-json.ts';
import { childPath } from '../../functions/kube/field-path.ts';
import { identityOf } from '../../functions/kube/identity.ts';
import { isJsonList, isJsonObject, type Json } from '../../functions/kube/json.ts';
import type { KubeObject } from '../../functions/kube/object.ts';
import type { Plan } from './plan.ts';

/** One object that differs between two plans. */
export type Difference = {
  readonly cluster: string;
  readonly object: string;
  readonly change: 'added' | 'removed' | 'changed';
  /** For a changed object: `path: before → after`. */
  readonly fields: readonly string[];
};

/** Returns what would change in every cluster from one plan to another, sorted by cluster and object. */
export function diffPlans(before: Pick<Plan, 'manifests'>, after: Pick<Plan, 'manifests'>): readonly Difference[] {
  const clusters = [...new Set([...Object.keys(before.manifests), ...Object.keys(after.manifests)])].sort();
  return clusters.flatMap((cluster) =>
    diffCluster(cluster, before.manifests[cluster] ?? [], after.manifests[cluster] ?? []),
  );
}

/** Returns differences as text, one object a line and one field a line below it. */
export function printDifferences(differences: readonly Difference[]): string {
  if (differences.length === 0) return 'no difference';
  const sign = { added: '+', removed: '-', changed: '~' } as const;
  return differences
    .flatMap(({ cluster, object, change, fields }) => [
      `${sign[change]} ${cluster}  ${object}`,
      ...fields.map((field) => `    ${field}`),
    ])
    .join('\n');
}

function diffCluster(
  cluster: string,
  before: readonly KubeObject[],
  after: readonly KubeObject[],
): readonly Difference[] {
  const old = new Map(before.map((manifest) => [identityOf(manifest), manifest]));
  const now = new Map(after.map((manifest) => [identityOf(manifest), manifest]));
  return [...new Set([...old.keys(), ...now.keys()])].sort().flatMap((identity): readonly Difference[] => {
    const [was, is] = [old.get(identity), now.get(identity)];
    const object = titleOf(is ?? was);
    if (was === undefined) return [{ cluster, object, change: 'added', fields: [] }];
    if (is === undefined) return [{ cluster, object, change: 'removed', fields: [] }];
    if (canonicalJson(was) === canonicalJson(is)) return [];
    return [{ cluster, object, change: 'changed', fields: diffFields(was, is, '') }];
  });
}

/** The hash of the rest: it differs whenever something else does, and says nothing more. */
const contentPath = "metadata.annotations['crossply.dev/content']";

function diffFields(was: Json | undefined, is: Json | undefined, path: string): readonly string[] {
  if (isJsonObject(was) && isJsonObject(is)) {
    const keys = [...new Set([...Object.keys(was), ...Object.keys(is)])].sort();
    return keys.flatMap((key) => diffFields(was[key], is[key], childPath(path, key)));
  }
  if (isJsonList(was) && isJsonList(is) && was.length === is.length) {
    return was.flatMap((item, index) => diffFields(item, is[index], `${path}[${index}]`));
  }
  if (JSON.stringify(was) === JSON.stringify(is)) return [];
  return path === contentPath ? [] : [`${path}: ${show(was)} → ${show(is)}`];
}

function show(value: Json | undefined): string {
  const text = value === undefined ? '(absent)' : JSON.stringify(value);
  return text.length <= 80 ? text : `${text.slice(0, 79)}…`;
}

function titleOf(manifest: KubeObject | undefined): string {
  if (manifest === undefined) return '';
  const { namespace, name = '' } = manifest.metadata;
  return namespace === undefined ? `${manifest.kind} ${name}` : `${manifest.kind} ${namespace}/${name}`;
}
