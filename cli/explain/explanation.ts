import type { Placement, Verdict } from '../../functions/cluster-selector/placement.ts';
import type { ScorePart } from '../../functions/cluster-selector/scores/combine-scores.ts';
import type { Candidate } from '../../functions/clusters/cluster-facts.ts';
import { formatTaint } from '../../functions/clusters/taints.ts';
import type { RolloutStatus } from '../../functions/generated/types.ts';
import type { KubeObject } from '../../functions/kube/object.ts';
import { formatTimestamp } from '../../functions/kube/timestamp.ts';
import type { Decision } from '../hub-reader/decide.ts';

/** What was decided about a composite, and about every cluster that was looked at. */
export type Explanation = {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  readonly mode: Placement['mode'];
  /** Reason and message of the condition `Placed`. */
  readonly summary: Placement['summary'];
  readonly candidates: number;
  readonly selected: number;
  /** When time alone can change the decision next. */
  readonly nextDecisionAt?: string;
  /** The chosen ones first, then those that leave, then the nearest misses. */
  readonly clusters: readonly ExplainedCluster[];
};

/** What was decided about one cluster, and what it is like as far as its ClusterSet reports it. */
export type ExplainedCluster = Verdict & {
  /** What the score is made of. */
  readonly parts?: readonly ScorePart[];
  /** Replicas by component, on a cluster that was chosen. */
  readonly replicas?: { readonly [component: string]: number };
  /** What must be there before the cluster gets anything. */
  readonly waitingFor?: string;
  /** How far the rollout is on a cluster that is not done or is kept as it is, and why it is not further. */
  readonly rollout?: { readonly phase: string; readonly message?: string };
  /** Absent for a cluster that no ClusterSet lists any more. */
  readonly facts?: {
    readonly clusterSet: string;
    readonly version: string;
    readonly healthy: boolean;
    readonly healthChangedAt?: string;
    readonly changedAt?: string;
    readonly taints: readonly string[];
    /** Why nothing may change on it for now, if so. */
    readonly paused?: string;
    readonly labels: { readonly [key: string]: string };
    readonly properties: { readonly [name: string]: string };
  };
};

/** Returns a decision as it is told: every cluster, the chosen ones first and the nearest misses next. */
export function explainDecision(composite: KubeObject, { placement, candidates }: Decision): Explanation {
  const { kind, metadata, status } = composite;
  const { assignments = [] } = (status ?? {}) as RolloutStatus;
  const behind = new Map(
    assignments
      .filter(({ phase, message }) => phase !== 'Healthy' || message !== undefined)
      .map((each) => [each.cluster, each]),
  );
  const { mode, summary, nextDecisionAt } = placement;
  const chosen = new Map(placement.chosen.map((each) => [each.facts.name, each]));
  const known = new Map(candidates.map((candidate) => [candidate.facts.name, candidate]));
  return {
    kind,
    namespace: metadata.namespace ?? '',
    name: metadata.name ?? '',
    mode,
    summary,
    candidates: placement.candidates,
    selected: chosen.size,
    ...(nextDecisionAt !== undefined && { nextDecisionAt: formatTimestamp(nextDecisionAt) }),
    clusters: placement.verdicts.toSorted(byNearness).map((verdict): ExplainedCluster => {
      const { replicas = {}, waitingFor } = chosen.get(verdict.cluster) ?? {};
      const candidate = known.get(verdict.cluster);
      const { phase, message } = behind.get(verdict.cluster) ?? {};
      return {
        ...verdict,
        ...(Object.keys(replicas).length > 0 && { replicas }),
        ...(waitingFor !== undefined && { waitingFor }),
        ...(phase !== undefined && { rollout: { phase, ...(message !== undefined && { message }) } }),
        ...(candidate !== undefined && { facts: factsOf(candidate) }),
      };
    }),
  };
}

const ranks = { Selected: 0, Kept: 0, Leaving: 1, Outscored: 2, Filtered: 3 } as const;

/** Among clusters that were filtered out, those that one change would help are the nearest. */
function byNearness(a: Verdict, b: Verdict): number {
  const isPlaced = ranks[a.verdict] === 0;
  return (
    ranks[a.verdict] - ranks[b.verdict] ||
    (isPlaced ? 0 : (b.score ?? 0) - (a.score ?? 0)) ||
    Number(b.suggestion !== undefined) - Number(a.suggestion !== undefined) ||
    (a.cluster < b.cluster ? -1 : 1)
  );
}

function factsOf({
  facts,
  clusterSet,
  isHealthy,
  healthChangedAt,
  changedAt,
  taints,
  paused,
}: Candidate): NonNullable<ExplainedCluster['facts']> {
  return {
    clusterSet: `${clusterSet.namespace}/${clusterSet.name}`,
    version: facts.version,
    healthy: isHealthy,
    ...(healthChangedAt !== undefined && { healthChangedAt: formatTimestamp(healthChangedAt) }),
    ...(changedAt !== undefined && { changedAt: formatTimestamp(changedAt) }),
    taints: taints.map(formatTaint),
    ...(paused !== undefined && { paused }),
    labels: facts.labels,
    properties: facts.properties,
  };
}
