import type { ChosenCluster } from '../cluster-selector/placement.ts';
import type { TemplateEnvironment } from '../template/environment.ts';
import { readShare, replicaHole } from '../template/replica-holes.ts';
import { type Division, divideShare, shareMeanwhile } from './divide-share.ts';

/** Tells the shares that the holes of one cluster ask for. */
export type SharesOf = (
  cluster: Pick<ChosenCluster, 'facts' | 'replicas'>,
  expressions: readonly string[],
) => NonNullable<TemplateEnvironment['share']>;

/** Returns a function that tells what holes such as `share["web"]["6"]` hold in a cluster, where clusters have these replicas in the end; each number is divided once. */
export function shareValues(division: readonly Pick<ChosenCluster, 'facts' | 'replicas'>[]): SharesOf {
  const byComponent = new Map<string, Division>();
  const divided = new Map<string, Division>();
  const divisionOf = (component: string): Division => {
    const known = byComponent.get(component);
    if (known !== undefined) return known;
    const fresh = new Map(
      division.flatMap(({ facts, replicas: { [component]: count } }): [string, number][] =>
        count === undefined ? [] : [[facts.name, count]],
      ),
    );
    byComponent.set(component, fresh);
    return fresh;
  };
  return ({ facts, replicas }, expressions) => {
    const shares: { [component: string]: { [of: string]: number } } = {};
    for (const expression of expressions) {
      const hole = replicaHole(expression);
      const shared = hole?.takes === 'Share' ? readShare(hole.of) : undefined;
      const has = hole === undefined ? undefined : replicas[hole.component];
      if (hole?.takes !== 'Share' || shared === undefined || has === undefined) continue;
      const all = divisionOf(hole.component);
      const key = `${hole.component} ${hole.of}`;
      const parts = divided.get(key) ?? divideShare(shared, all);
      divided.set(key, parts);
      const share = has === all.get(facts.name) ? parts.get(facts.name) : shareMeanwhile(shared, all, has);
      shares[hole.component] = { ...shares[hole.component], [hole.of]: share ?? 0 };
    }
    return shares;
  };
}
