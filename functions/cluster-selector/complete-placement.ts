import type { Candidate } from '../clusters/cluster-facts.ts';
import type { PlacementFacts } from './decide-placement.ts';
import { type DividedComponents, divideComponents } from './divide-components.ts';
import type { Outcome } from './place.ts';
import type { Placement, Verdict } from './placement.ts';
import type { ReplicaRules } from './replica-rules.ts';

/**
 * Returns a placement with its replicas divided over the chosen clusters. A cluster that would only join to run nothing is
 * not needed: Aggregated takes as few as fit, and a later group only what the ones before have no room for.
 */
export function completePlacement(
  { isSettled: _, groups, nextDecisionAt, ...outcome }: Outcome,
  rules: ReplicaRules,
  { spec, totals, fixed = [], present, inventory, now }: PlacementFacts,
  isFresh: boolean,
): { readonly placement: Placement; readonly chosen: readonly Candidate[] } {
  const divided = divideComponents(
    totals,
    outcome.chosen,
    present,
    { ...rules, fixed, tierOf: (name) => groups.get(name) ?? 0 },
    isFresh,
  );
  const here = new Set(present.flatMap(({ cluster, leaving }) => (leaving ? [] : [cluster])));
  const idle = new Set(
    outcome.chosen
      .map(({ facts }) => facts.name)
      .filter((name) => mayStandIdle(rules) && !here.has(name) && isIdle(name, divided)),
  );
  const chosen = outcome.chosen.filter(({ facts }) => !idle.has(facts.name));
  const ready = inventory.readyClusters;
  const waiting = (name: string) =>
    ready === undefined || ready.clusters.has(name)
      ? {}
      : { waitingFor: `waits for ComputeNamespace ${ready.of} on this cluster` };
  const startOver = Date.parse(spec.rescheduleAt ?? '');
  const times = [nextDecisionAt ?? Number.NaN, startOver].filter((time) => time > now);
  const placement = {
    ...outcome,
    chosen: chosen.map(({ facts, clusterSet, providerConfig, paused }) => ({
      facts,
      clusterSet,
      providerConfig,
      replicas: divided.byCluster.get(facts.name) ?? {},
      ...waiting(facts.name),
      ...(paused !== undefined && { paused }),
    })),
    ...(rules.policy.mode === 'Divided' && { isDivided: true }),
    ...(rules.policy.mode === 'Divided' && fixed.length > 0 && { fixed }),
    verdicts: outcome.verdicts.map((verdict) => (idle.has(verdict.cluster) ? notNeeded(verdict) : verdict)),
    summary: withComplaints(outcome.summary, divided),
    ...(times.length > 0 && { nextDecisionAt: Math.min(...times) }),
  };
  return { placement, chosen };
}

function mayStandIdle({ policy }: ReplicaRules): boolean {
  return policy.mode === 'Divided' && (policy.strategy === 'Aggregated' || policy.overflow === true);
}

function isIdle(cluster: string, { byCluster }: DividedComponents): boolean {
  const counts = Object.values(byCluster.get(cluster) ?? {});
  return counts.length > 0 && counts.every((count) => count === 0);
}

function notNeeded({ cluster, score }: Verdict): Verdict {
  const reason = 'matches, but the replicas fit on the others';
  return { cluster, verdict: 'Outscored', reason, ...(score !== undefined && { score }) };
}

function withComplaints(summary: Placement['summary'], { complaints }: DividedComponents): Placement['summary'] {
  if (complaints.length === 0 || summary.reason !== 'Placed') return summary;
  return { reason: 'TooFewReplicas', message: `${summary.message}; ${complaints.join('; ')}` };
}
