import type { Candidate } from '../clusters/cluster-facts.ts';
import { rendezvousOrder } from '../kube/rendezvous.ts';
import type { PlacementFacts } from './decide-placement.ts';
import { type DividedComponents, divideComponents } from './divide-components.ts';
import { explainLosses, lossTerms, stillReplaced, withLosses } from './explain-losses.ts';
import { withMassFailures } from './heed-mass-failure.ts';
import { lostClusters } from './lost-clusters.ts';
import type { Outcome } from './place.ts';
import type { Placement, Verdict } from './placement.ts';
import type { ReplicaRules } from './replica-rules.ts';
import type { Stock } from './room/take-stock.ts';

/**
 * Returns a placement with its replicas divided over the chosen clusters. A cluster that would only join to run nothing is
 * not needed: Aggregated takes as few as fit, and a later group only what the ones before have no room for.
 */
export function completePlacement(
  { isSettled: _, groups, nextDecisionAt, ...outcome }: Outcome,
  rules: ReplicaRules,
  { spec, totals, fixed = [], present, inventory, now }: PlacementFacts,
  { stock, orderKey, isFresh }: CompletionFacts,
): { readonly placement: Placement; readonly chosen: readonly Candidate[]; readonly replaced: readonly string[] } {
  const lost = lostClusters(outcome.chosen, present, lossTerms(spec), now);
  const names = outcome.chosen.map(({ facts }) => facts.name);
  const ranksOf = (component: string) =>
    new Map(rendezvousOrder(`${orderKey}/${component}`, names).map((name, rank) => [name, rank]));
  const divided = divideComponents(
    totals,
    outcome.chosen,
    present,
    {
      ...rules,
      fixed,
      tierOf: (name) => groups.get(name) ?? 0,
      lost,
      ...(stock !== undefined && { stock }),
      ...(rules.policy.mode === 'Divided' && { ranksOf }),
    },
    isFresh,
  );
  const here = new Set(present.flatMap(({ cluster, leaving }) => (leaving ? [] : [cluster])));
  const idle = new Set(names.filter((name) => mayStandIdle(rules) && !here.has(name) && isIdle(name, divided)));
  const chosen = outcome.chosen.filter(({ facts }) => !idle.has(facts.name));
  const ready = inventory.readyClusters;
  const waiting = (name: string) =>
    ready === undefined || ready.clusters.has(name)
      ? {}
      : { waitingFor: `waits for ComputeNamespace ${ready.of} on this cluster` };
  const startOver = Date.parse(spec.rescheduleAt ?? '');
  const times = [nextDecisionAt, startOver, stock?.nextDecisionAt, lost.nextDecisionAt].flatMap((time = now) =>
    time > now ? [time] : [],
  );
  const runsIt = (name: string) => here.has(name);
  const losses = explainLosses(outcome.chosen, present, lost);
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
    verdicts: outcome.verdicts.map((verdict) =>
      idle.has(verdict.cluster) ? notNeeded(verdict) : withNote(verdict, losses.get(verdict.cluster)),
    ),
    summary: withComplaints(withMassFailures(withLosses(outcome.summary, losses), outcome.chosen, runsIt), divided),
    ...(times.length > 0 && { nextDecisionAt: Math.min(...times) }),
  };
  return { placement, chosen, replaced: stillReplaced(lost, totals, present, divided) };
}

/** What a placement is completed by, beside its facts. */
interface CompletionFacts {
  readonly stock?: Stock | undefined;
  /** Key of the order that breaks ties. */
  readonly orderKey: string;
  readonly isFresh: boolean;
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

function withNote(verdict: Verdict, note: string | undefined): Verdict {
  return note === undefined ? verdict : { ...verdict, reason: `${verdict.reason}; ${note}` };
}
