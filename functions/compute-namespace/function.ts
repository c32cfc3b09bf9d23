import type { ComputeNamespaceSpec, ComputeNamespaceStatus, TierSpec } from '../generated/types.ts';
import { isJsonObject, type JsonObject } from '../kube/json.ts';
import type { Problem } from '../kube/problem.ts';
import { told } from '../revision/render-context.ts';
import type { CompositionFunction, DesiredResource, ResourceSelector } from '../runtime/composition-function.ts';
import { crossplyApiVersion } from '../runtime/validate-request.ts';
import { observedSlices } from '../slices/observed-slices.ts';
import { isDone } from '../slices/placed-assignment.ts';
import { publishedPolicy } from '../tier/tier-policy.ts';
import { assignClaims } from './assign-claims.ts';
import { memberNamespace } from './member-namespace.ts';
import { publishedSets } from './published-sets.ts';
import { checkComputeNamespace, renderComputeNamespace } from './render-compute-namespace.ts';

/** Most clusters that a status may list, as the schema has it. */
const maxReadyClusters = 1000;

/** Turns a ComputeNamespace into a Namespace and what governs it, and publishes what its Apps need to know. */
export const computeNamespace: CompositionFunction = {
  kind: 'ComputeNamespace',
  run({ observed: { composite, resources: composed }, desired, required }) {
    const spec = composite.spec as ComputeNamespaceSpec;
    const { namespace: hubNamespace = '', name = '' } = composite.metadata;
    const requirements = requirementsOf(spec, hubNamespace);
    const before = (isJsonObject(composite.status) ? composite.status : {}) as ComputeNamespaceStatus;
    const readyClusters = observedSlices(composed)
      .flatMap(({ entries }) => entries.filter(isDone).map(({ assignment }) => assignment.cluster))
      .sort()
      .slice(0, maxReadyClusters);
    const apps = required.get('apps');
    const claims = apps === undefined ? before.claims : assignClaims(name, apps, before.claims ?? []);
    const current = { readyClusters, ...(claims !== undefined && { claims }) };
    const held = (problems: readonly Problem[]) => ({
      requirements,
      status: { ...published(before), ...current } as JsonObject,
      ...told(problems),
    });

    const sets = required.get('cluster-sets');
    const tiers = required.get('tier');
    if (sets === undefined || tiers === undefined || apps === undefined) return held([notYet]);
    const tier = tiers[0];
    if (tier === undefined) return held([tierMissing(spec)]);
    const namespace = memberNamespace(hubNamespace, name);
    if (namespace.problems !== undefined) return held(namespace.problems);

    const tierSpec = tier.spec as TierSpec;
    const policy = publishedPolicy(tier);
    if (policy === undefined) return held([tierNotReady(spec)]);
    const clusterSets = publishedSets(spec, sets, before.clusterSets ?? []);
    const status = {
      namespace: namespace.value,
      tier: { namespace: spec.tier.namespace, name: spec.tier.name, platform: tierSpec.platform },
      policy,
      ...(clusterSets.length > 0 && { clusterSets }),
      ...current,
    } as JsonObject;
    const facts = { name, hubNamespace, namespace: namespace.value, spec, tier: spec.tier, tierSpec, policy };
    const problems = checkComputeNamespace(facts);
    if (problems.length > 0) return { requirements, status, ...told(problems) };
    const resources = new Map<string, DesiredResource>(desired.resources);
    for (const resource of renderComputeNamespace(facts)) {
      resources.set(`${resource.kind}/${resource.metadata.name}`, { resource });
    }
    return { requirements, status, resources, ...told([]) };
  },
};

function requirementsOf(
  { tier }: ComputeNamespaceSpec,
  hubNamespace: string,
): { readonly [name: string]: ResourceSelector } {
  const within = { apiVersion: crossplyApiVersion, namespace: tier.namespace };
  return {
    tier: { ...within, kind: 'Tier', match: { name: tier.name } },
    'cluster-sets': { ...within, kind: 'ClusterSet', match: { labels: {} } },
    apps: { apiVersion: crossplyApiVersion, kind: 'App', namespace: hubNamespace, match: { labels: {} } },
  };
}

/** Core supplies required resources only from the second call of a step on. */
const notYet: Problem = { path: 'spec.tier', message: 'waiting for the Tier, its ClusterSets and the Apps' };

function tierNotReady({ tier }: ComputeNamespaceSpec): Problem {
  return { path: 'spec.tier', message: `Tier ${tier.name} has not been processed yet`, hint: 'its conditions say why' };
}

function tierMissing({ tier }: ComputeNamespaceSpec): Problem {
  return {
    path: 'spec.tier',
    message: `there is no Tier "${tier.name}" in namespace ${tier.namespace}`,
    hint: 'create it; what runs is kept meanwhile',
  };
}

/** What Apps go by stays as it was published while it cannot be worked out anew. */
function published({ namespace, tier, policy, clusterSets }: ComputeNamespaceStatus) {
  return {
    ...(namespace !== undefined && { namespace }),
    ...(tier !== undefined && { tier }),
    ...(policy !== undefined && { policy }),
    ...(clusterSets !== undefined && { clusterSets }),
  };
}
