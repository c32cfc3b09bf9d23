import type { NamespacedName } from '../clusters/cluster-facts.ts';
import type {
  ClusterSelectorInput,
  ComputeNamespaceStatus,
  RolloutFloor,
  TierPolicy,
  TierSpec,
} from '../generated/types.ts';
import { readFieldPath } from '../kube/field-path.ts';
import { isJsonList, isJsonObject, type Json } from '../kube/json.ts';
import type { KubeObject } from '../kube/object.ts';
import type { FunctionRequest, ResourceSelector } from '../runtime/composition-function.ts';
import { crossplyApiVersion } from '../runtime/validate-request.ts';
import { publishedPolicy, tierPolicy } from '../tier/tier-policy.ts';
import type { PlacementContext } from './placement-context.ts';

/** Where a composite's clusters come from, as far as it is known by now. */
export type ResolvedInventory = {
  readonly requirements: { readonly [name: string]: ResourceSelector };
  readonly clusterSets: readonly KubeObject[];
  /** Clusters on which the ComputeNamespace is there and ready; absent when the composite needs none. */
  readonly readyClusters?: { readonly clusters: ReadonlySet<string>; readonly of: string };
  /** Which App has which name in the ComputeNamespace. */
  readonly claims?: PlacementContext['claims'];
  readonly namespace?: string;
  readonly tier?: NamespacedName & { readonly platform: string };
  readonly policy?: TierPolicy;
  /** What the Tiers of the ClusterSets require of every rollout, where the composite names no Tier. */
  readonly floors?: readonly RolloutFloor[];
  /** Whether the composite belongs to a tenant, so that clusters kept for other tenants are not for it. */
  readonly isForTenants?: boolean;
  /** Whether Apps stand on the composite: then it goes to clusters in any state, for taking it away would take them along. */
  readonly isFoundation?: boolean;
  /** What is missing, and what would help. */
  readonly missing?: { readonly reason: string; readonly message: string };
};

/** What the step input of a ClusterSelector says. */
export type SelectorSettings = NonNullable<ClusterSelectorInput['spec']>;

type Inventory = SelectorSettings['inventory'];

/** Returns the ClusterSets a composite may use, following its ComputeNamespace or Tier, and what core must supply to know them. */
export function resolveInventory(inventory: Inventory, request: FunctionRequest): ResolvedInventory {
  if (inventory.computeNamespace !== undefined) return fromComputeNamespace(inventory.computeNamespace, request);
  if (inventory.tier !== undefined) return fromTier(inventory.tier, request);
  return fromClusterSets(inventory.clusterSets?.fieldPath ?? 'spec.clusterSets', request);
}

function fromComputeNamespace(
  { nameFieldPath }: NonNullable<Inventory['computeNamespace']>,
  { observed: { composite }, required }: FunctionRequest,
): ResolvedInventory {
  const name = text(readFieldPath(composite, nameFieldPath));
  const namespace = composite.metadata.namespace ?? '';
  const requirements = { 'compute-namespace': byName('ComputeNamespace', namespace, name) };
  const found = required.get('compute-namespace');
  if (found === undefined) return { requirements, clusterSets: [], missing: notYet };
  const object = found[0];
  if (object === undefined) {
    const message = `${nameFieldPath}: there is no ComputeNamespace "${name}" in namespace ${namespace}; create it, or name one that exists`;
    return { requirements, clusterSets: [], missing: { reason: 'ComputeNamespaceMissing', message } };
  }
  const status = (isJsonObject(object.status) ? object.status : {}) as ComputeNamespaceStatus;
  if (status.namespace === undefined || status.clusterSets === undefined) {
    const message = `ComputeNamespace ${name} has not been processed yet; its conditions say why`;
    return { requirements, clusterSets: [], missing: { reason: 'ComputeNamespaceNotReady', message } };
  }
  const sets = requireSets(
    status.clusterSets,
    required,
    `ComputeNamespace ${name} has no ClusterSet; its conditions say why`,
  );
  return {
    ...sets,
    requirements: { ...requirements, ...sets.requirements },
    readyClusters: { clusters: new Set(status.readyClusters ?? []), of: name },
    isForTenants: true,
    ...(status.claims !== undefined && {
      claims: Object.fromEntries(status.claims.map((each) => [each.name, each.app])),
    }),
    namespace: status.namespace,
    ...(status.tier !== undefined && { tier: status.tier }),
    ...(status.policy !== undefined && { policy: status.policy }),
  };
}

function fromTier(
  { nameFieldPath, namespaceFieldPath, clusterSetsFieldPath }: NonNullable<Inventory['tier']>,
  { observed: { composite }, required }: FunctionRequest,
): ResolvedInventory {
  const name = text(readFieldPath(composite, nameFieldPath));
  const namespace = text(readFieldPath(composite, namespaceFieldPath));
  const isSelf =
    composite.kind === 'Tier' && composite.metadata.name === name && composite.metadata.namespace === namespace;
  const sets: ResourceSelector = {
    apiVersion: crossplyApiVersion,
    kind: 'ClusterSet',
    namespace,
    match: { labels: {} },
  };
  const requirements = { 'cluster-sets': sets, ...(!isSelf && { tier: byName('Tier', namespace, name) }) };
  const tiers = isSelf ? [composite] : required.get('tier');
  const all = required.get('cluster-sets');
  if (tiers === undefined || all === undefined) return { requirements, clusterSets: [], missing: notYet };
  const tier = tiers[0];
  if (tier === undefined) {
    const message = `${nameFieldPath}: there is no Tier "${name}" in namespace ${namespace}; create it, or name one that exists`;
    return { requirements, clusterSets: [], missing: { reason: 'TierMissing', message } };
  }
  const spec = tier.spec as TierSpec;
  const policy = isSelf ? tierPolicy(spec, undefined, { namespace, name }) : publishedPolicy(tier);
  if (policy === undefined) {
    const message = `${nameFieldPath}: Tier ${name} has not been processed yet; its conditions say why`;
    return { requirements, clusterSets: [], missing: { reason: 'TierNotReady', message } };
  }
  const ofTier = all.filter((set) => isJsonObject(set.spec) && set.spec['tier'] === name);
  const wanted = clusterSetsFieldPath === undefined ? undefined : readFieldPath(composite, clusterSetsFieldPath);
  const names = isJsonList(wanted) ? wanted.map(text) : undefined;
  if (ofTier.length > 0 && names?.length === 0) {
    const known = ofTier.map(({ metadata }) => metadata.name).join(', ');
    const message = `${clusterSetsFieldPath}: names no ClusterSet; leave it out for all of Tier ${name}, or name one of ${known}; what runs is kept`;
    return { requirements, clusterSets: [], missing: { reason: 'ClusterSetMissing', message } };
  }
  const unknown = names?.find((each) => !ofTier.some(({ metadata }) => metadata.name === each));
  if (ofTier.length === 0 || unknown !== undefined) {
    const known = ofTier.map(({ metadata }) => metadata.name).join(', ') || 'none';
    const what =
      unknown === undefined
        ? `Tier ${name} has no ClusterSet`
        : `${clusterSetsFieldPath}: Tier ${name} has no ClusterSet "${unknown}"`;
    return {
      requirements,
      clusterSets: [],
      missing: { reason: 'ClusterSetMissing', message: `${what} (it has ${known}); what runs is kept` },
    };
  }
  return {
    requirements,
    clusterSets: names === undefined ? ofTier : ofTier.filter(({ metadata }) => names.includes(metadata.name ?? '')),
    tier: { namespace, name, platform: spec.platform },
    policy,
    isForTenants: !isSelf,
    isFoundation: true,
  };
}

function fromClusterSets(fieldPath: string, { observed: { composite }, required }: FunctionRequest): ResolvedInventory {
  const value = readFieldPath(composite, fieldPath);
  const references = (isJsonList(value) ? value : []).flatMap((item) => (isJsonObject(item) ? [item] : []));
  const sets = requireSets(
    references.map((item) => ({
      namespace: text(item['namespace']) || (composite.metadata.namespace ?? ''),
      name: text(item['name']),
    })),
    required,
    `${fieldPath}: must list at least one ClusterSet as {namespace, name}`,
  );
  return sets.missing === undefined ? withFloors(sets, required) : sets;
}

/** A Tier that does not exist requires nothing; one that has not published its rules yet may. */
function withFloors(sets: ResolvedInventory, required: FunctionRequest['required']): ResolvedInventory {
  const tiers = new Map(
    sets.clusterSets.map(({ metadata: { namespace = '' }, spec }) => {
      const name = isJsonObject(spec) ? text(spec['tier']) : '';
      return [`tier/${namespace}/${name}`, byName('Tier', namespace, name)] as const;
    }),
  );
  const requirements = { ...sets.requirements, ...Object.fromEntries([...tiers].sort(([a], [b]) => (a < b ? -1 : 1))) };
  if ([...tiers.keys()].some((key) => !required.has(key)))
    return { ...sets, requirements, clusterSets: [], missing: notYet };
  const found = [...tiers.keys()].sort().flatMap((key) => required.get(key) ?? []);
  const unpublished = found.find((tier) => publishedPolicy(tier) === undefined);
  if (unpublished !== undefined) {
    const message = `Tier ${unpublished.metadata.name} of a ClusterSet has not been processed yet; its conditions say why`;
    return { ...sets, requirements, clusterSets: [], missing: { reason: 'TierNotReady', message } };
  }
  const floors = found.flatMap((tier) => publishedPolicy(tier)?.rollout?.required ?? []);
  return { ...sets, requirements, ...(floors.length > 0 && { floors }) };
}

/** Returns the ClusterSets named, as far as they exist; when none is named, or none exists, what to do about that. */
function requireSets(
  references: readonly NamespacedName[],
  required: FunctionRequest['required'],
  whenNoneIsNamed: string,
): ResolvedInventory {
  const keyed = references.map((set) => ({ key: `cluster-set/${set.namespace}/${set.name}`, ...set }));
  const requirements = Object.fromEntries(
    keyed.map(({ key, namespace, name }) => [key, byName('ClusterSet', namespace, name)]),
  );
  if (keyed.some(({ key }) => !required.has(key))) return { requirements, clusterSets: [], missing: notYet };
  const clusterSets = keyed.flatMap(({ key }) => required.get(key) ?? []);
  if (clusterSets.length > 0) return { requirements, clusterSets };
  const names = references.map(({ namespace, name }) => `${namespace}/${name}`).join(', ');
  const what =
    references.length === 0 ? whenNoneIsNamed : `there is no ClusterSet ${names}; create it, or name one that exists`;
  return { requirements, clusterSets, missing: { reason: 'ClusterSetMissing', message: `${what}; what runs is kept` } };
}

/** Core supplies required resources only from the second call of a step on. */
const notYet = { reason: 'Resolving', message: 'waiting for the resources that placement is decided from' };

function byName(kind: string, namespace: string, name: string): ResourceSelector {
  return { apiVersion: crossplyApiVersion, kind, namespace, match: { name } };
}

function text(value: Json | undefined): string {
  return typeof value === 'string' ? value : '';
}
