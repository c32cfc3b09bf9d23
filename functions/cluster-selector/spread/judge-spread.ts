import type { ClusterFacts } from '../../clusters/cluster-facts.ts';
import type { SpreadConstraint } from '../../generated/types.ts';
import { type DomainCounts, domainCounts } from './domain-counts.ts';
import { type SkewEffect, type SkewRule, skewRule } from './skew.ts';
import { domainOf, isHard, spreadKey } from './spread-constraint.ts';

/** What a broken wish costs: more than all that skew changes can make good. */
export const brokenWishCost = 1000;

/** Where the spread of one constraint stands. */
export interface SpreadState {
  readonly constraint: SpreadConstraint;
  readonly counts: DomainCounts;
  readonly effectIn: SkewRule;
}

/** A strict constraint that would be broken, and the sentence that says so. */
export interface BrokenConstraint {
  readonly constraint: SpreadConstraint;
  readonly reason: string;
}

/** What choosing one more cluster means for the spread. */
export interface SpreadJudgement {
  /** The first strict constraint that would be broken afterwards, whoever is to blame (KubeFleet refuses the cluster). */
  readonly broken?: BrokenConstraint;
  /** The first one that this cluster itself would break: one that only fills up an emptier domain may come (core/v1). */
  readonly blocked?: BrokenConstraint;
  /** The greater, the better: what the skews lose, less 1000 for every wish broken. */
  readonly score: number;
}

/** Returns where the spread stands when some of the clusters are chosen. */
export function spreadStates(
  clusters: readonly ClusterFacts[],
  constraints: readonly SpreadConstraint[],
  chosen: ReadonlySet<string>,
): readonly SpreadState[] {
  return constraints.map((constraint) => stateOf(constraint, domainCounts(clusters, constraint, chosen)));
}

/** Returns where the spread stands after one more cluster is chosen. */
export function withChosen(states: readonly SpreadState[], cluster: ClusterFacts): readonly SpreadState[] {
  return states.map((state) => recount(state, cluster, 1));
}

/** Returns where the spread stands after a chosen cluster is given up. */
export function withoutChosen(states: readonly SpreadState[], cluster: ClusterFacts): readonly SpreadState[] {
  return states.map((state) => recount(state, cluster, -1));
}

function recount(state: SpreadState, cluster: ClusterFacts, by: 1 | -1): SpreadState {
  const domain = domainOf(state.constraint, cluster);
  if (domain === undefined) return state;
  return stateOf(state.constraint, new Map(state.counts).set(domain, (state.counts.get(domain) ?? 0) + by));
}

function stateOf(constraint: SpreadConstraint, counts: DomainCounts): SpreadState {
  return { constraint, counts, effectIn: skewRule(counts, constraint) };
}

/**
 * Returns what choosing a cluster means. Every constraint is judged by itself; a cluster outside the domains of one breaks
 * nothing and gains nothing. A skew that is too large already counts as broken by whoever does not mend it whole (KubeFleet).
 */
export function judgeSpread(states: readonly SpreadState[], cluster: ClusterFacts): SpreadJudgement {
  let broken: BrokenConstraint | undefined;
  let blocked: BrokenConstraint | undefined;
  let score = 0;
  for (const { constraint, effectIn } of states) {
    const domain = domainOf(constraint, cluster);
    const effect = domain === undefined ? undefined : effectIn(domain);
    if (domain === undefined || effect === undefined) continue;
    if (effect.exceeds === undefined) score -= effect.change;
    else if (isHard(constraint)) {
      const breach = { constraint, reason: explain(constraint, domain, effect) };
      broken ??= breach;
      if (!isInherited(constraint, effect)) blocked ??= breach;
    } else score -= brokenWishCost;
  }
  return { ...(broken !== undefined && { broken }), ...(blocked !== undefined && { blocked }), score };
}

/** Tells whether other domains alone are to blame for a skew that is too large. */
function isInherited({ maxSkew = 1 }: SpreadConstraint, { exceeds, ahead }: SkewEffect): boolean {
  return exceeds === 'maxSkew' && ahead <= maxSkew;
}

function explain(constraint: SpreadConstraint, domain: string, { skew, exceeds }: SkewEffect): string {
  const { maxSkew = 1, maxDomains = 0 } = constraint;
  const where = `${spreadKey(constraint)}=${domain}`;
  if (exceeds === 'maxDomains') return `${where} is one domain too many (maxDomains ${maxDomains})`;
  return `one more in ${where} would make a skew of ${skew} (maxSkew ${maxSkew})`;
}
