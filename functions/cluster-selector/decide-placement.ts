import type { Candidate } from '../clusters/cluster-facts.ts';
import type { AppStatus, Placement as PlacementSpec } from '../generated/types.ts';
import { isJsonObject } from '../kube/json.ts';
import type { KubeObject } from '../kube/object.ts';
import { formatProblems } from '../kube/problem.ts';
import type { FunctionRequest, Instant, ResourceSelector } from '../runtime/composition-function.ts';
import type { MissingCluster } from '../slices/observed-slices.ts';
import type { PlacementMemory } from '../slices/placement-memory.ts';
import { compilePolicy, overflows } from './compile-policy.ts';
import { completePlacement } from './complete-placement.ts';
import type { Replicas } from './divide-components.ts';
import { appsOf, asksForOtherApps, otherApps } from './other-apps.ts';
import { place } from './place.ts';
import type { Placement, Present } from './placement.ts';
import { decisionKeyLabel, placementDecisionType } from './placement-decisions.ts';
import { readDecision } from './read-decision.ts';
import { configOf, type RunsOn } from './read-inventory.ts';
import { compileReplicaRules } from './replica-rules.ts';
import type { ResolvedInventory } from './resolve-inventory.ts';
import { restrictToSets } from './restrict-to-sets.ts';
import { slicesWithPromises } from './room/other-promises.ts';
import { promiseTerms, replicasToFit, stockOf } from './room/room-of-composite.ts';

/** All that a placement is decided from. */
export interface PlacementFacts {
  readonly spec: PlacementSpec;
  /** Field of the composite that holds the placement. */
  readonly path: string;
  readonly composite: KubeObject;
  readonly inventory: ResolvedInventory;
  /** Replicas by component, as stated. */
  readonly totals: Replicas;
  /** Components of which a cluster keeps its part for good, where clusters share them. */
  readonly fixed?: readonly string[];
  readonly present: readonly Present[];
  /** Since when present clusters have been missing from the PlacementDecisions, as it was written down. */
  readonly missing?: readonly MissingCluster[];
  readonly required: FunctionRequest['required'];
  readonly now: Instant;
}

/** A placement, and what core must supply to know it better. */
export interface Decided {
  readonly placement: Placement;
  readonly requirements: { readonly [name: string]: ResourceSelector };
  readonly chosen: readonly Candidate[];
  /** What later looks must know of this one; absent when nothing was decided, and what was known before still holds. */
  readonly memory?: PlacementMemory;
  /** Present clusters that the PlacementDecisions do not name; absent while nothing is known of that. */
  readonly missing?: readonly MissingCluster[];
}

/** Returns where a composite belongs and how many replicas go where; whatever is missing or wrong, what runs is kept. */
export function decidePlacement(facts: PlacementFacts): Decided {
  const { spec, path, composite, inventory, present, required, now } = facts;
  const rescheduledAt = carriedOut(composite);
  const requirements = requirementsOf(spec, composite);
  const keep = (summary: Placement['summary']): Decided => ({
    placement: { mode: 'KeepLastGood', chosen: [], verdicts: [], candidates: 0, summary, ...rescheduledAt },
    requirements,
    chosen: [],
  });
  if (inventory.missing !== undefined) return keep(inventory.missing);
  const waiting = Object.keys(requirements).some((name) => !required.has(name));
  if (waiting)
    return keep({ reason: 'Resolving', message: 'waiting for the resources that placement is decided from' });
  const allowed = restrictToSets(inventory.clusterSets, spec.clusterSets, runsOn(present));
  const candidates = allowed.value?.candidates ?? [];
  const read = readDecision(required.get('placement-decisions'), candidates, facts);
  if (read.unclear !== undefined) return { ...keep(read.unclear), missing: [] };
  const { decision, missing } = read;
  const rules = compileReplicaRules(spec.replicas, `${path}.replicas`, overflows(spec));
  const key = orderKey(composite);
  const stock = stockOf(rules.value?.room, candidates, facts);
  const policy = compilePolicy(spec, path, {
    readableSets: allowed.value?.readable ?? [],
    listedConfigs: new Set((allowed.value?.listed ?? []).map(configOf)),
    orderKey: key,
    isFoundation: inventory.isFoundation === true,
    ...(inventory.isForTenants === true && { tenant: composite.metadata.namespace ?? '' }),
    otherApps: otherApps(required, composite),
    unsettled: new Set(present.flatMap(({ cluster, isHealthy }) => (isHealthy ? [] : [cluster]))),
    ...(decision !== undefined && { decision }),
    ...(stock !== undefined && { stock, replicasToFit: replicasToFit(spec, facts.totals) }),
    ...rescheduledAt,
    now,
  });
  if (allowed.problems !== undefined || policy.problems !== undefined || rules.problems !== undefined) {
    const problems = [allowed, policy, rules].flatMap((each) => each.problems ?? []);
    return keep({ reason: 'InvalidPolicy', message: formatProblems(problems) });
  }
  const outcome = place(candidates, policy.value, present, now);
  const { isFresh } = policy.value;
  const { placement, chosen, replaced } = completePlacement(outcome, rules.value, facts, {
    ...{ stock, isFresh },
    orderKey: key,
  });
  const done = isFresh && outcome.isSettled ? { rescheduledAt: spec.rescheduleAt ?? '' } : rescheduledAt;
  const told = candidates.length === 0 ? whyEmpty(placement, inventory.clusterSets) : {};
  const promises = stock === undefined ? undefined : promiseTerms(rules.value.room, composite, stock);
  return {
    placement: { ...placement, ...done, ...told },
    requirements,
    chosen,
    missing,
    memory: { replaced, ...(promises !== undefined && { promises }) },
  };
}

/** A cluster of the same name that is reached otherwise is another one. */
function runsOn(present: readonly Present[]): RunsOn {
  const running = new Map(present.flatMap((entry) => (entry.leaving ? [] : [[entry.cluster, entry] as const])));
  return (candidate) => {
    const entry = running.get(candidate.facts.name);
    if (entry === undefined) return false;
    return (
      entry.providerConfig === undefined || configOf({ providerConfig: entry.providerConfig }) === configOf(candidate)
    );
  };
}

/** Says which ClusterSets have no members, where there is nothing else to say of clusters. */
function whyEmpty({ summary }: Placement, sets: readonly KubeObject[]): { readonly summary?: Placement['summary'] } {
  if (summary.reason !== 'NoClusterMatches') return {};
  const names = sets.map(({ metadata: { namespace, name } }) => `${namespace}/${name}`).join(', ');
  const what =
    sets.length === 1
      ? `ClusterSet ${names} has no members yet; its`
      : `ClusterSets ${names} have no members yet; their`;
  return { summary: { reason: summary.reason, message: `${what} condition Inventoried says why` } };
}

/** What placement must know beyond the inventory; nothing for most. */
function requirementsOf(spec: PlacementSpec, { metadata }: KubeObject): Decided['requirements'] {
  const namespace = metadata.namespace ?? '';
  const match = { labels: { [decisionKeyLabel]: spec.fromDecision ?? '' } };
  return {
    ...(asksForOtherApps(spec) && appsOf(namespace)),
    ...(spec.replicas?.capacity !== undefined && { promises: slicesWithPromises(namespace) }),
    ...(spec.fromDecision !== undefined && { 'placement-decisions': { ...placementDecisionType, namespace, match } }),
  };
}

/** The wish to start over that was carried out last: the status remembers it, for nothing else shows that it was. */
function carriedOut({ status }: KubeObject): { readonly rescheduledAt?: string } {
  const { placement } = (isJsonObject(status) ? status : {}) as AppStatus;
  return placement?.rescheduledAt === undefined ? {} : { rescheduledAt: placement.rescheduledAt };
}

function orderKey({ kind, metadata }: KubeObject): string {
  return `${kind}/${metadata.namespace ?? ''}/${metadata.name ?? ''}`;
}
