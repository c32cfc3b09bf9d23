import type { Placement as PlacementSpec } from '../generated/types.ts';
import { readFieldPath } from '../kube/field-path.ts';
import type { JsonObject } from '../kube/json.ts';
import type { KubeObject } from '../kube/object.ts';
import type { CompositionFunction, DesiredResource } from '../runtime/composition-function.ts';
import { clusterAddresses } from '../slices/cluster-addresses.ts';
import { observedSlices } from '../slices/observed-slices.ts';
import { isRemembered } from '../slices/placement-memory.ts';
import { type Decided, decidePlacement } from './decide-placement.ts';
import type { Placement } from './placement.ts';
import { type PlacementContext, placementKey } from './placement-context.ts';
import { observedDecisions, placementDecisions } from './placement-decisions.ts';
import { presentHealth } from './present-health.ts';
import { presentOf } from './present-of.ts';
import { readInventory } from './read-inventory.ts';
import { replicaTotals } from './replica-totals.ts';
import { resolveInventory, type SelectorSettings } from './resolve-inventory.ts';

/** Decides which clusters a composite belongs to, from its policy, the inventory and where it is already. */
export const clusterSelector: CompositionFunction = {
  kind: 'ClusterSelector',
  run(request, { now }) {
    const { composite, resources } = request.observed;
    const settings = request.input['spec'] as SelectorSettings;
    const path = settings.placementFieldPath ?? 'spec.placement';
    const inventory = resolveInventory(settings.inventory, request);
    const placementSpec = (readFieldPath(composite, path) ?? {}) as PlacementSpec;
    const isDivided = placementSpec.replicas?.mode === 'Divided';
    const entries = observedSlices(resources).flatMap((slice) => slice.entries.map(({ assignment }) => assignment));
    const addresses = clusterAddresses(entries, readInventory(inventory.clusterSets).listed);
    const slices = observedSlices(resources, addresses);
    const present = presentOf(slices, placementSpec.replicas?.capacity?.property);
    const decided = decidePlacement({
      spec: placementSpec,
      path,
      composite,
      inventory,
      ...replicaTotals(readFieldPath(composite, settings.replicasFieldPath ?? 'spec.components'), isDivided),
      present,
      missing: slices.flatMap(({ missing = [] }) => missing),
      required: request.required,
      now,
    });
    const { namespace, tier, policy, floors, claims } = inventory;
    const health = presentHealth(inventory.clusterSets, present);
    const mayMatter = placementSpec.replicas !== undefined || isRemembered(resources);
    const context: PlacementContext = {
      placement: decided.placement,
      ...(health.length > 0 && { health }),
      ...(decided.memory !== undefined && mayMatter && { memory: decided.memory }),
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
