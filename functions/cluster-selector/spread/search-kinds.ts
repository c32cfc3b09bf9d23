import type { ClusterFacts } from '../../clusters/cluster-facts.ts';
import type { SpreadConstraint } from '../../generated/types.ts';
import { type DomainCounts, domainCounts } from './domain-counts.ts';
import { skewOf } from './skew.ts';
import { domainOf, isHard } from './spread-constraint.ts';

/** Combinations that are tried at the most; more clusters of more kinds are left to taking one by one. */
export const maxCombinations = 20_000;

type Placed = { readonly facts: ClusterFacts };

/**
 * Returns the choice that is larger, or breaks the wishes by less, than one that was made cluster by cluster, if there is one:
 * two constraints at once can make the best first step a wrong one. All combinations are tried; `kinds` are clusters that
 * are alike in all constraints, best first, and a kind gives its best. Nothing when the fleet is too large for that.
 */
export function searchKinds<P extends Placed>(
  kept: readonly Placed[],
  kinds: readonly (readonly P[])[],
  count: number,
  constraints: readonly SpreadConstraint[],
  found: readonly P[],
): readonly P[] | undefined {
  const combinations = kinds.reduce((product, kind) => product * (kind.length + 1), 1);
  if (constraints.length < 2 || combinations > maxCombinations) return undefined;
  const everyone = [...kept, ...kinds.flat()].map(({ facts }) => facts);
  const domains = constraints.map((constraint) => domainCounts(everyone, constraint, new Set()));
  const judge = (taken: readonly Placed[]) => worthOf([...kept, ...taken], constraints, domains);
  let best: readonly P[] = found;
  let worth = judge(found);
  for (const taken of combine(kinds, count)) {
    const next = judge(taken);
    if (!next.isWithin || (worth.isWithin && compareWorth(taken.length, next, best.length, worth) >= 0)) continue;
    best = taken;
    worth = next;
  }
  return best === found ? undefined : best;
}

/** Returns every way to take at most `count` clusters, the best of each kind, in a fixed order. */
function* combine<P>(kinds: readonly (readonly P[])[], count: number): Generator<readonly P[]> {
  const [kind, ...rest] = kinds;
  if (kind === undefined) {
    yield [];
    return;
  }
  for (let taken = Math.min(kind.length, count); taken >= 0; taken -= 1) {
    for (const others of combine(rest, count - taken)) yield [...kind.slice(0, taken), ...others];
  }
}

/** Whether a choice is within the strict constraints, and by how much it breaks the wishes. */
type Worth = { readonly isWithin: boolean; readonly excess: number };

function worthOf(
  chosen: readonly Placed[],
  constraints: readonly SpreadConstraint[],
  domains: readonly DomainCounts[],
): Worth {
  let isWithin = true;
  let excess = 0;
  for (const [index, constraint] of constraints.entries()) {
    const counts = new Map(domains[index]);
    for (const { facts } of chosen) {
      const domain = domainOf(constraint, facts);
      if (domain !== undefined) counts.set(domain, (counts.get(domain) ?? 0) + 1);
    }
    const used = [...counts.values()].filter((each) => each > 0).length;
    const over = Math.max(0, skewOf(counts, constraint) - (constraint.maxSkew ?? 1));
    const isTooWide = used > (constraint.maxDomains ?? Number.POSITIVE_INFINITY);
    if (isHard(constraint)) isWithin &&= over === 0 && !isTooWide;
    else excess += over + (isTooWide ? 1 : 0);
  }
  return { isWithin, excess };
}

function compareWorth(size: number, a: Worth, otherSize: number, b: Worth): number {
  return otherSize - size || a.excess - b.excess;
}
