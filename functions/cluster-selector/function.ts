import { compileClusterSelection } from '../clusters/cluster-selection.ts';
import { explainMatch } from '../clusters/explain-match.ts';
import type { Placement as PlacementSpec } from '../generated/types.ts';
import { readFieldPath } from '../kube/field-path.ts';
import { isJsonList, isJsonObject, type Json, type JsonObject } from '../kube/json.ts';
import type { KubeObject } from '../kube/object.ts';
import { formatProblems } from '../kube/problem.ts';
import type { CompositionFunction } from '../runtime/composition-function.ts';
import { observedSlices } from '../slices/observed-slices.ts';
import { place } from './place.ts';
import type { Placement, Present } from './placement.ts';
import { type PlacementContext, placementKey } from './placement-context.ts';
import { readInventory } from './read-inventory.ts';
import { resolveInventory, type SelectorSettings } from './resolve-inventory.ts';
import { restrictToSets } from './restrict-to-sets.ts';

/** Decides which clusters a composite belongs to, from its policy, the inventory and where it is already. */
export const clusterSelector: CompositionFunction = {
  kind: 'ClusterSelector',
  run(request) {
    const { composite, resources } = request.observed;
    const { inventory, placementFieldPath, replicasFieldPath } = request.input['spec'] as SelectorSettings;
    const resolved = resolveInventory(inventory, request);
    const { requirements } = resolved;
    const answer = (placement: Placement) => {
      const { namespace, tier, policy, claims } = resolved;
      const context: PlacementContext = {
        placement,
        ...(namespace !== undefined && { namespace }),
        ...(tier !== undefined && { tier }),
        ...(policy !== undefined && { policy }),
        ...(claims !== undefined && { claims }),
      };
      return { requirements, context: { [placementKey]: context as unknown as JsonObject } };
    };
    if (resolved.missing !== undefined) return answer(keepLastGood(resolved.missing));
    const policy = (readFieldPath(composite, placementFieldPath ?? 'spec.placement') ?? {}) as PlacementSpec;
    const filter = compileClusterSelection(policy, placementFieldPath ?? 'spec.placement');
    const allowed = restrictToSets(readInventory(resolved.clusterSets), policy.clusterSets);
    if (filter.problems !== undefined || allowed.problems !== undefined) {
      const message = formatProblems([...(filter.problems ?? []), ...(allowed.problems ?? [])]);
      return answer(keepLastGood({ reason: 'InvalidPolicy', message }));
    }
    const present: readonly Present[] = observedSlices(resources).flatMap(({ clusterSet, entries }) =>
      entries.map(({ assignment }) => ({
        cluster: assignment.cluster,
        clusterSet,
        leaving: assignment.state === 'Leaving',
      })),
    );
    const outcome = place(
      allowed.value.candidates,
      {
        filter: filter.value,
        explain: (cluster) => explainMatch(policy, cluster),
        ...(policy.numberOfClusters !== undefined && { numberOfClusters: policy.numberOfClusters }),
        readableSets: allowed.value.readable,
        excluded: new Set(policy.excludedClusterNames),
        orderKey: orderKey(composite),
      },
      present,
    );
    const replicas = replicasOf(readFieldPath(composite, replicasFieldPath ?? 'spec.components'));
    const ready = resolved.readyClusters;
    const chosen = outcome.chosen.map((candidate) => ({
      ...candidate,
      replicas,
      ...(ready !== undefined &&
        !ready.clusters.has(candidate.facts.name) && {
          waitingFor: `waits for ComputeNamespace ${ready.of} on this cluster`,
        }),
    }));
    return answer({ ...outcome, chosen });
  },
};

function keepLastGood(summary: Placement['summary']): Placement {
  return { mode: 'KeepLastGood', chosen: [], verdicts: [], candidates: 0, summary };
}

function orderKey({ kind, metadata }: KubeObject): string {
  return `${kind}/${metadata.namespace ?? ''}/${metadata.name ?? ''}`;
}

/** Replicas by component for those that state a number; a hole is filled per cluster later. */
function replicasOf(components: Json | undefined): { readonly [component: string]: number } {
  const entries = (isJsonList(components) ? components : []).flatMap((component): [string, number][] =>
    isJsonObject(component) && typeof component['name'] === 'string' && typeof component['replicas'] === 'number'
      ? [[component['name'], component['replicas']]]
      : [],
  );
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}
