import type { Placement as PlacementSpec } from '../generated/types.ts';
import { readFieldPath } from '../kube/field-path.ts';
import { isJsonList, isJsonObject, type Json, type JsonObject } from '../kube/json.ts';
import type { KubeObject } from '../kube/object.ts';
import type { CompositionFunction, DesiredResource } from '../runtime/composition-function.ts';
import { clusterAddresses } from '../slices/cluster-addresses.ts';
import { observedSlices } from '../slices/observed-slices.ts';
import { isRemembered } from '../slices/placement-memory.ts';
import { type Decided, decidePlacement, type PlacementFacts } from './decide-placement.ts';
import { dividedTotal } from './divided-total.ts';
import type { Placement } from './placement.ts';
import { type PlacementContext, placementKey } from './placement-context.ts';
import { observedDecisions, placementDecisions } from './placement-decisions.ts';
import { presentHealth } from './present-health.ts';
import { presentOf } from './present-of.ts';
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
      ...totalsOf(readFieldPath(composite, settings.replicasFieldPath ?? 'spec.components'), isDivided),
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

/** Replicas by component for those that state a number; a hole is filled per cluster later. Where clusters share them, so do other numbers. */
function totalsOf(components: Json | undefined, isDivided: boolean): Pick<PlacementFacts, 'totals' | 'fixed'> {
  const stated = (isJsonList(components) ? components : []).flatMap((component) => {
    if (!isJsonObject(component) || typeof component['name'] !== 'string') return [];
    const { name, replicas } = component;
    const alone = typeof replicas === 'number' ? { total: replicas, isFixed: false } : undefined;
    const all = isDivided ? dividedTotal(component) : alone;
    return all === undefined ? [] : [{ name, ...all }];
  });
  const sorted = stated.toSorted((a, b) => (a.name < b.name ? -1 : 1));
  return {
    totals: Object.fromEntries(sorted.map(({ name, total }) => [name, total])),
    fixed: sorted.flatMap(({ name, isFixed }) => (isFixed ? [name] : [])),
  };
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
