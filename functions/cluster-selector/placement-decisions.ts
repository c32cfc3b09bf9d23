import type { Candidate } from '../clusters/cluster-facts.ts';
import { isJsonList, isJsonObject, type JsonObject } from '../kube/json.ts';
import type { KubeObject } from '../kube/object.ts';
import type { Verdict } from './placement.ts';

/** The SIG Multicluster API for placement decisions. */
export const placementDecisionType = {
  apiVersion: 'multicluster.x-k8s.io/v1alpha1',
  kind: 'PlacementDecision',
} as const;

/** Label that all slices of one decision share. */
export const decisionKeyLabel = 'multicluster.x-k8s.io/decision-key';
const decisionIndexLabel = 'multicluster.x-k8s.io/decision-index';
const placementKeyLabel = 'multicluster.x-k8s.io/placement-key';

/** Most decisions that one slice may hold, by the API. */
const maxDecisions = 100;

/** Returns a decision as PlacementDecisions, by composition resource key: slices of 100 clusters, sorted by name; one empty slice when no cluster is chosen. */
export function placementDecisions(
  { kind, metadata }: KubeObject,
  chosen: readonly Candidate[],
  verdicts: readonly Verdict[],
): ReadonlyMap<string, KubeObject> {
  const reasons = new Map(verdicts.map(({ cluster, reason }) => [cluster, reason]));
  const decisions = chosen.map(({ facts, clusterProfile }) => ({
    clusterProfileRef: { name: clusterProfile.name, namespace: clusterProfile.namespace },
    reason: reasons.get(facts.name) ?? '',
  }));
  const name = `${kind.toLowerCase()}-${metadata.name ?? ''}`;
  const count = Math.max(1, Math.ceil(decisions.length / maxDecisions));
  return new Map(
    Array.from({ length: count }, (_, index) => {
      const slice = decisions.slice(index * maxDecisions, (index + 1) * maxDecisions);
      return [`placement-decision/${index}`, decisionSlice(name, index, slice)];
    }),
  );
}

function decisionSlice(name: string, index: number, decisions: readonly JsonObject[]): KubeObject {
  const labels = { [decisionKeyLabel]: name, [decisionIndexLabel]: String(index), [placementKeyLabel]: name };
  return {
    ...placementDecisionType,
    metadata: { name: `${name}-${index}`, labels, annotations: { 'crossply.dev/target': 'hub' } },
    schedulerName: 'crossply',
    decisions,
  };
}

/** Returns the PlacementDecisions as they stand, for when nothing new was decided: what is left out would be removed. */
export function observedDecisions(resources: ReadonlyMap<string, KubeObject>): ReadonlyMap<string, KubeObject> {
  return new Map(
    [...resources]
      .filter(([, { kind }]) => kind === placementDecisionType.kind)
      .map(
        ([
          key,
          {
            apiVersion,
            kind,
            metadata: { name = '', labels = {}, annotations = {} },
            ...content
          },
        ]) => [key, { ...content, apiVersion, kind, metadata: { name, labels, annotations } }],
      ),
  );
}

/**
 * Returns why nothing can be told from the PlacementDecisions of one key, as while their slices are being rewritten: an index
 * is missing or stands twice, or a cluster stands in two slices. Nothing when they are whole.
 */
export function whyUnclear(decisions: readonly KubeObject[]): string | undefined {
  if (decisions.length > 1) {
    const indexes = decisions.map(({ metadata }) => metadata.labels?.[decisionIndexLabel] ?? 'none');
    const twice = indexes.find((index, place) => indexes.indexOf(index) !== place);
    if (twice !== undefined) return `two slices have the index ${twice}`;
    const gap = decisions.findIndex((_, place) => !indexes.includes(String(place)));
    if (gap >= 0) return `of ${decisions.length} slices none has the index ${gap}`;
  } else if (Number(decisions[0]?.metadata.labels?.[decisionIndexLabel] ?? 0) > 0) {
    return 'of 1 slice none has the index 0';
  }
  const named = new Set<string>();
  for (const profiles of decisions.map((decision) => new Set(profilesOf(decision)))) {
    const double = [...profiles].find((profile) => named.has(profile));
    if (double !== undefined) return `two slices name ClusterProfile ${double}`;
    for (const profile of profiles) named.add(profile);
  }
  return undefined;
}

/** Returns the names of the clusters that PlacementDecisions of another scheduler speak of. */
export function decidedClusters(
  decisions: readonly KubeObject[],
  candidates: readonly Candidate[],
): ReadonlySet<string> {
  const profiles = new Set(decisions.flatMap((decision) => profilesOf(decision)));
  return new Set(
    candidates
      .filter(({ clusterProfile: { namespace, name } }) => profiles.has(`${namespace}/${name}`))
      .map(({ facts }) => facts.name),
  );
}

/** A reference without a namespace means that of the decision. */
function profilesOf(decision: KubeObject): readonly string[] {
  const list = decision['decisions'];
  return (isJsonList(list) ? list : []).flatMap((each) => {
    const reference = isJsonObject(each) ? each['clusterProfileRef'] : undefined;
    if (!isJsonObject(reference) || typeof reference['name'] !== 'string') return [];
    const namespace = reference['namespace'] ?? decision.metadata.namespace ?? '';
    return [`${namespace}/${reference['name']}`];
  });
}
