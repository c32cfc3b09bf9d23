import type { SpreadConstraint } from '../../generated/types.ts';
import { type CountExtremes, countExtremes, type DomainCounts } from './domain-counts.ts';

/** The numbers of a constraint. */
export type SkewLimits = Pick<SpreadConstraint, 'maxSkew' | 'minDomains' | 'maxDomains'>;

/** What one more cluster in a domain does to the spread. */
export interface SkewEffect {
  /** By how much the skew changes: 1, 0 or -1. */
  readonly change: -1 | 0 | 1;
  /** The skew afterwards. */
  readonly skew: number;
  /** By how much the domain itself is then ahead of the emptiest, which is what core/v1 calls the skew. */
  readonly ahead: number;
  /** The limit that is then exceeded, if any. */
  readonly exceeds?: 'maxSkew' | 'maxDomains';
}

/** Returns what one more cluster in a domain does; nothing for a domain that is not counted. */
export type SkewRule = (domain: string) => SkewEffect | undefined;

/** Returns by how much the fullest domain exceeds the emptiest, which has none while there are fewer than `minDomains`; 0 without domains. */
export function skewOf(counts: DomainCounts, { minDomains = 1, maxDomains }: SkewLimits = {}): number {
  const within = domainsInPlay(counts, maxDomains);
  const extremes = countExtremes(within);
  if (extremes === undefined) return 0;
  return extremes.largest - (within.size < minDomains ? 0 : extremes.smallest);
}

/**
 * Returns the rule that tells what one more cluster in a domain does: the skew grows by 1 in the fullest domain and when all
 * are level (as KubeFleet has it, in a lone domain too), shrinks by 1 in the only emptiest, and else stays. With fewer
 * domains than `minDomains` the emptiest has none, so it never shrinks (as in core/v1). Once `maxDomains` are in use, the
 * others neither count nor may be opened.
 */
export function skewRule(counts: DomainCounts, limits: SkewLimits): SkewRule {
  const { maxSkew = 1, minDomains = 1, maxDomains } = limits;
  const within = domainsInPlay(counts, maxDomains);
  const isShort = within.size < minDomains;
  const extremes = countExtremes(within);
  const before = skewOf(counts, limits);
  return (domain) => {
    const count = counts.get(domain);
    if (count === undefined) return undefined;
    if (extremes === undefined || !within.has(domain)) {
      return { change: 0, skew: before, ahead: 0, exceeds: 'maxDomains' };
    }
    const change = changeOf(count, extremes, isShort);
    const emptiest = isShort ? 0 : Math.min(emptiestBeside(count, extremes), count + 1);
    const skew = before + change;
    return { change, skew, ahead: count + 1 - emptiest, ...(skew > maxSkew && { exceeds: 'maxSkew' }) };
  };
}

function domainsInPlay(counts: DomainCounts, maxDomains: number | undefined): DomainCounts {
  if (maxDomains === undefined) return counts;
  const used = new Map([...counts].filter(([, count]) => count > 0));
  return used.size >= maxDomains ? used : counts;
}

function changeOf(count: number, { smallest, secondSmallest, largest }: CountExtremes, isShort: boolean): -1 | 0 | 1 {
  if (count === largest) return 1;
  return count === smallest && smallest !== secondSmallest && !isShort ? -1 : 0;
}

/** Returns the smallest count of the other domains; that of the domain itself when it is the only one. */
function emptiestBeside(count: number, { smallest, secondSmallest }: CountExtremes): number {
  return count === smallest ? secondSmallest : smallest;
}
