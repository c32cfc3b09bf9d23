import type { PlatformSpec, TierSpec } from '../generated/types.ts';
import { isJsonObject, type JsonObject } from '../kube/json.ts';
import type { KubeObject } from '../kube/object.ts';
import type { Problem } from '../kube/problem.ts';
import { told } from '../revision/render-context.ts';
import type { CompositionFunction, DesiredResource, ResourceSelector } from '../runtime/composition-function.ts';
import { crossplyApiVersion } from '../runtime/validate-request.ts';
import { checkTier, renderTier } from './render-tier.ts';
import { tierPolicy } from './tier-policy.ts';

/** Turns a Tier into the objects that govern its clusters, and publishes its rules with the defaults of its Platform filled in. */
export const tier: CompositionFunction = {
  kind: 'Tier',
  run({ observed: { composite }, desired, required }) {
    const spec = composite.spec as TierSpec;
    const { namespace = '', name = '' } = composite.metadata;
    const platform: ResourceSelector = {
      apiVersion: crossplyApiVersion,
      kind: 'Platform',
      namespace,
      match: { name: spec.platform },
    };
    const requirements = { platform };
    const found = required.get('platform');
    const object = found?.[0];
    if (object === undefined) {
      const problem = found === undefined ? notYet : platformMissing(spec.platform, namespace);
      return { requirements, status: publishedBefore(composite), ...told([problem]) };
    }
    const policy = tierPolicy(spec, (object.spec as PlatformSpec | undefined)?.defaults, { namespace, name });
    const status = { policy } as JsonObject;
    const problems = checkTier(spec, { namespace, name });
    if (problems.length > 0) return { requirements, status: publishedBefore(composite), ...told(problems) };
    const resources = new Map<string, DesiredResource>(desired.resources);
    for (const resource of renderTier(spec, policy, { namespace, name })) {
      resources.set(`${resource.kind}/${resource.metadata.name}`, { resource });
    }
    return { requirements, status, resources, ...told([]) };
  },
};

/** Core supplies required resources only from the second call of a step on. */
const notYet: Problem = { path: 'spec.platform', message: 'waiting for the Platform' };

function platformMissing(name: string, namespace: string): Problem {
  return {
    path: 'spec.platform',
    message: `there is no Platform "${name}" in namespace ${namespace}`,
    hint: 'create it; what runs is kept meanwhile',
  };
}

/** The rules stay as they were published: without them the Apps of the Tier would be judged by weaker ones. */
function publishedBefore({ status }: KubeObject): JsonObject {
  const policy = isJsonObject(status) ? status['policy'] : undefined;
  return policy === undefined ? {} : { policy };
}
