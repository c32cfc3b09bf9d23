import { identityOf } from '../../functions/kube/identity.ts';
import { groupOf, type KubeObject } from '../../functions/kube/object.ts';
import { editAt } from './edit-at.ts';
import { type HubRule, hubRules } from './hub-rules.ts';
import { type Difference, jsonDifferences } from './json-differences.ts';

/** Kinds that are compared beside those of crossply.dev, by group: what our composites compose. */
const composedKinds: { readonly [group: string]: string } = {
  apps: 'ControllerRevision',
  'kubernetes.m.crossplane.io': 'Object',
  'protection.crossplane.io': 'Usage',
};

/** Tells whether an object is one of our composites or what they compose. */
export function isOurs({ apiVersion, kind }: KubeObject): boolean {
  const group = groupOf(apiVersion);
  return group === 'crossply.dev' || composedKinds[group] === kind;
}

/**
 * Returns in what the offline hub of `crossply plan --output hub` (ours) differs from a real one (theirs), object by object, after
 * the fields of the rules are levelled on both. Objects that `isCompared` does not know are left aside on both sides.
 */
export function compareHubs(
  ours: readonly KubeObject[],
  theirs: readonly KubeObject[],
  {
    isCompared = isOurs,
    rules = hubRules,
  }: { isCompared?(object: KubeObject): boolean; rules?: readonly HubRule[] } = {},
): readonly Difference[] {
  const levelled = (objects: readonly KubeObject[]) =>
    new Map(objects.filter(isCompared).map((object) => [identityOf(object), level(object, rules)]));
  const [left, right] = [levelled(theirs), levelled(ours)];
  return [...new Set([...left.keys(), ...right.keys()])].sort().flatMap((identity): readonly Difference[] => {
    const [theirObject, ourObject] = [left.get(identity), right.get(identity)];
    const title = titleOf(theirObject ?? ourObject);
    if (theirObject === undefined) return [{ path: title, ours: 'an object' }];
    if (ourObject === undefined) return [{ path: title, theirs: 'an object' }];
    return jsonDifferences(theirObject, ourObject, `${title}: `);
  });
}

function level(object: KubeObject, rules: readonly HubRule[]): KubeObject {
  return rules
    .filter(({ kinds }) => kinds === undefined || kinds.includes(object.kind))
    .reduce((levelled, { path, edit }) => editAt(levelled, path, edit) as KubeObject, object);
}

function titleOf(object: KubeObject | undefined): string {
  const { kind = '', metadata: { namespace, name = '' } = {} } = object ?? {};
  return `${kind} ${namespace === undefined ? name : `${namespace}/${name}`}`;
}
