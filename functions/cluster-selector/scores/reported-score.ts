import type { ClusterFacts } from '../../clusters/cluster-facts.ts';
import type { Instant } from '../../runtime/composition-function.ts';
import type { ScorePlugin } from './score-plugin.ts';

/** A score that somebody else gives a cluster, such as one of OCM's AddOnPlacementScores. */
export interface ReportedScore {
  readonly score: number;
  /** The last instant at which it counts; for ever when left out. */
  readonly validUntil?: Instant;
}

/** Returns what is reported of each cluster, in their order: 0 when nothing is, or no longer; and the clusters whose report is out of date. */
export function reportedScores(
  clusters: readonly string[],
  reports: ReadonlyMap<string, ReportedScore>,
  now: Instant,
): { readonly scores: readonly number[]; readonly outdated: readonly string[] } {
  const isOutdated = (cluster: string) => (reports.get(cluster)?.validUntil ?? now) < now;
  return {
    scores: clusters.map((cluster) => (isOutdated(cluster) ? 0 : (reports.get(cluster)?.score ?? 0))),
    outdated: clusters.filter(isOutdated),
  };
}

/** Returns the plugin that takes over the scores that clusters publish as a property, cut to 0..100; one beyond its `.valid-until` counts as 0. */
export function reportedScore(property: string, now: Instant): ScorePlugin {
  return {
    name: property,
    score(candidates) {
      const names = candidates.map(({ facts }) => facts.name);
      const reports = new Map(candidates.flatMap(({ facts }) => readReport(facts, property)));
      return reportedScores(names, reports, now).scores.map((score) => Math.min(100, Math.max(0, Math.round(score))));
    },
  };
}

function readReport(
  { name, properties }: ClusterFacts,
  property: string,
): readonly (readonly [string, ReportedScore])[] {
  const score = Number(properties[property]);
  const validUntil = Date.parse(properties[`${property}.valid-until`] ?? '');
  if (!Number.isFinite(score)) return [];
  return [[name, { score, ...(!Number.isNaN(validUntil) && { validUntil }) }]];
}
