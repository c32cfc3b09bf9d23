import { countOthers } from '../../functions/cluster-selector/scores/balance-score.ts';
import { extremesOf, linearScores } from '../../functions/cluster-selector/scores/linear-scores.ts';
import { type ReportedScore, reportedScores } from '../../functions/cluster-selector/scores/reported-score.ts';
import { stickinessScore } from '../../functions/cluster-selector/scores/stickiness-score.ts';
import { parseQuantity } from '../../functions/kube/quantity.ts';
import { factsOf, type OcmCluster } from './ocm-cluster.ts';

/** Scores by cluster; a cluster that is missing has none. */
export type Scores = { readonly [cluster: string]: number };

/** What add-ons report of clusters, and until when it counts. */
export type Reported = readonly {
  readonly cluster: string;
  readonly resource: string;
  readonly scores: { readonly [name: string]: number };
  readonly validUntil?: number | null;
}[];

/** Scores the allocatable amount of a resource from -100 to 100. */
export function resourceScores(resource: string, clusters: readonly OcmCluster[]): Scores {
  const amounts = clusters.map(({ allocatable = {} }) => {
    const text = allocatable[resource];
    return text === undefined ? undefined : parseQuantity(text).value?.nano;
  });
  const scores = linearScores(amounts, { atMin: -100, atMax: 100, whenEqual: 100, rounding: 'towardZero' });
  return byCluster(namesOf(clusters), scores);
}

/** Scores how often clusters were decided for by others, from -100 to 100 in steps of two. */
export function balanceScores(clusters: readonly string[], others: readonly (readonly string[])[]): Scores {
  const counts = countOthers(others);
  const most = extremesOf([...counts.values()].map(BigInt))?.max ?? 0n;
  const halves = linearScores(
    clusters.map((cluster) => BigInt(counts.get(cluster) ?? 0)),
    { atMin: 50, atMax: -50, whenEqual: 50, rounding: 'towardZero', extremes: { min: 0n, max: most } },
  );
  return byCluster(
    clusters,
    halves.map((half) => 2 * (half ?? 0)),
  );
}

/** Scores 100 for clusters that were decided for before. */
export function steadyScores(clusters: readonly string[], own: readonly string[]): Scores {
  const candidates = clusters.map((name) => ({ facts: factsOf({ name }), taints: [] }));
  return byCluster(clusters, stickinessScore(new Set(own)).score(candidates));
}

/** Takes over a score that an add-on reports, and tells whether one is out of date. */
export function addOnScores(
  clusters: readonly string[],
  { resource, score }: { readonly resource: string; readonly score: string },
  reported: Reported,
): { readonly scores: Scores; readonly warning: boolean } {
  const reports = new Map(
    reported
      .filter((report) => report.resource === resource)
      .map(({ cluster, scores, validUntil }): [string, ReportedScore] => [
        cluster,
        { score: scores[score] ?? 0, ...(typeof validUntil === 'number' && { validUntil: validUntil * 1000 }) },
      ]),
  );
  const { scores, outdated } = reportedScores(clusters, reports, 0);
  return { scores: byCluster(clusters, scores), warning: outdated.length > 0 };
}

/** Returns the names of clusters. */
export function namesOf(clusters: readonly OcmCluster[]): readonly string[] {
  return clusters.map(({ name }) => name);
}

function byCluster(clusters: readonly string[], scores: readonly (number | undefined)[]): Scores {
  return Object.fromEntries(
    clusters.flatMap((cluster, index) => {
      const score = scores[index];
      return score === undefined ? [] : [[cluster, score]];
    }),
  );
}
