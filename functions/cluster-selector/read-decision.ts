import type { Candidate } from '../clusters/cluster-facts.ts';
import type { Placement as PlacementSpec } from '../generated/types.ts';
import type { KubeObject } from '../kube/object.ts';
import { formatTimestamp } from '../kube/timestamp.ts';
import type { Instant } from '../runtime/composition-function.ts';
import type { MissingCluster } from '../slices/observed-slices.ts';
import type { Decision } from './filters/decision-filter.ts';
import type { Placement, Present } from './placement.ts';
import { decidedClusters, decisionKeyLabel, whyUnclear } from './placement-decisions.ts';

/** What is known of a composite whose clusters another scheduler decides on. */
export interface DecisionFacts {
  readonly spec: PlacementSpec;
  /** Field of the composite that holds the placement. */
  readonly path: string;
  readonly present: readonly Present[];
  /** Since when present clusters have been missing from the PlacementDecisions, as it was written down. */
  readonly missing?: readonly MissingCluster[];
  readonly now: Instant;
}

type ReadDecision =
  /** Why what runs is kept. */
  | { readonly unclear: Placement['summary'] }
  | {
      readonly unclear?: never;
      /** Absent where the placement is left to nobody. */
      readonly decision?: Decision;
      /** Present clusters that the PlacementDecisions do not name, each with the time at which that was first seen. */
      readonly missing: readonly MissingCluster[];
    };

/** Returns what another scheduler decided, with the patience that its last words get; what is missing or not whole keeps what runs. */
export function readDecision(
  decisions: readonly KubeObject[] | undefined,
  candidates: readonly Candidate[],
  facts: DecisionFacts,
): ReadDecision {
  const { spec, path, now } = facts;
  if (decisions === undefined) return { missing: [] };
  const label = `${decisionKeyLabel}=${spec.fromDecision}`;
  if (decisions.length === 0) {
    const message = `${path}.fromDecision: there is no PlacementDecision with label ${label} in the namespace; what runs is kept`;
    return { unclear: { reason: 'DecisionMissing', message } };
  }
  const why = whyUnclear(decisions);
  if (why !== undefined) {
    const message = `${path}.fromDecision: the PlacementDecisions with label ${label} are not whole: ${why}; what runs is kept`;
    return { unclear: { reason: 'DecisionUnclear', message } };
  }
  const clusters = decidedClusters(decisions, candidates);
  const missing = missingClusters(clusters, facts);
  const missingSince = new Map(missing.map(({ cluster, since }) => [cluster, Date.parse(since)]));
  return { decision: { clusters, missingSince, now }, missing };
}

/** Returns the clusters that run the composite and that the decision does not name, each with the time at which that was first seen. */
function missingClusters(
  decided: ReadonlySet<string>,
  { present, missing: before = [], now }: DecisionFacts,
): readonly MissingCluster[] {
  const known = new Map(before.map(({ cluster, since }) => [cluster, since]));
  return present.flatMap(({ cluster, leaving }) =>
    leaving || decided.has(cluster) ? [] : [{ cluster, since: known.get(cluster) ?? formatTimestamp(now) }],
  );
}
