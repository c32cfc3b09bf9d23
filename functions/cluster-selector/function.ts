import type { Placement as PlacementSpec } from '../generated/types.ts';
import { readFieldPath } from '../kube/field-path.ts';
import { isJsonList, isJsonObject, type Json, type JsonObject } from '../kube/json.ts';
import type { KubeObject } from '../kube/object.ts';
import type { CompositionFunction, DesiredResource } from '../runtime/composition-function.ts';
import { clusterAddresses } from '../slices/cluster-addresses.ts';
import { type ObservedSlice, observedSlices } from '../slices/observed-slices.ts';
import { isDone } from '../slices/placed-assignment.ts';
import { type Decided, decidePlacement } from './decide-placement.ts';
import type { Placement, Present } from './placement.ts';
import { type PlacementContext, placementKey } from './placement-context.ts';
import { observedDecisions, placementDecisions } from './placement-decisions.ts';
import { presentHealth } from './present-health.ts';
import { readInventory } from './read-inventory.ts';
import { resolveInventory, type SelectorSettings } from './resolve-inventory.ts';

/** Decides which clusters a composite belongs to, from its policy, the inventory and where it is already. */
export const clusterSelector: CompositionFunction = {
  kind: 'ClusterSelector',
  run(request, { now }) {
    const { composite, resources } = request.observed;
    const settings = request.input['spec'] as SelectorSettings;
    const path = settings.placementFieldPath ?? 'spec.placement';
    const inventory = resolveInventory(settings.inventory, request);
    const entries = observedSlices(resources).flatMap((slice) => slice.entries.map(({ assignment }) => assignment));
    const addresses = clusterAddresses(entries, readInventory(inventory.clusterSets).listed);
    const slices = observedSlices(resources, addresses);
    const present = presentOf(slices);
    const decided = decidePlacement({
      spec: (readFieldPath(composite, path) ?? {}) as PlacementSpec,
      path,
      composite,
      inventory,
      totals: replicasOf(readFieldPath(composite, settings.replicasFieldPath ?? 'spec.components')),
      present,
      missing: slices.flatMap(({ missing = [] }) => missing),
      required: request.required,
      now,
    });
    const { namespace, tier, policy, floors, claims } = inventory;
    const health = presentHealth(inventory.clusterSets, present);
    const context: PlacementContext = {
      placement: decided.placement,
      ...(health.length > 0 && { health }),
      ...(addresses.length > 0 && { addresses }),
      ...(decided.missing !== undefined && { missing: decided.missing }),
      ...(namespace !== undefined && { namespace }),
      ...(tier !== undefined && { tier }),
      ...(policy !== undefined && { policy }),
      ...(floors !== undefined && { floors }),
      ...(claims !== undefined && { claims }),
    };
    return {
      requirements: { ...inventory.requirements, ...decided.requirements },
      context: { [placementKey]: context as unknown as JsonObject },
      ...(settings.emitPlacementDecisions === true && {
        resources: withDecisions(request.desired.resources, resources, composite, decided),
      }),
    };
  },
};

function presentOf(slices: readonly ObservedSlice[]): readonly Present[] {
  return slices.flatMap(({ clusterSet, entries }) =>
    entries.map((entry) => ({
      cluster: entry.assignment.cluster,
      clusterSet,
      providerConfig: entry.assignment.providerConfig,
      leaving: entry.assignment.state === 'Leaving',
      isHealthy: isDone(entry),
      replicas: entry.assignment.replicas ?? {},
    })),
  );
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

function withDecisions(
  desired: ReadonlyMap<string, DesiredResource>,
  observed: ReadonlyMap<string, KubeObject>,
  composite: KubeObject,
  { placement, chosen }: Decided,
): ReadonlyMap<string, DesiredResource> {
  const isNew = placement.mode === ('Decided' satisfies Placement['mode']);
  const decisions = isNew ? placementDecisions(composite, chosen, placement.verdicts) : observedDecisions(observed);
  return new Map([...desired, ...[...decisions].map(([key, resource]) => [key, { resource, ready: true }] as const)]);
}
