import type { Member } from '../../functions/generated/types.ts';
import type { Json, JsonObject } from '../../functions/kube/json.ts';
import type { KubeObject } from '../../functions/kube/object.ts';
import type { PipelineStep } from '../offline-hub/pipeline.ts';
import type { HubReader } from './hub-reader.ts';

/** Returns a reader that finds a few objects by kind and name. */
export function readerOf(...objects: readonly KubeObject[]): HubReader {
  return {
    get: async ({ kind, name }) => objects.find((each) => each.kind === kind && each.metadata.name === name),
    list: async ({ kind }) => objects.filter((each) => each.kind === kind),
  };
}

/** Returns a Website, a kind of somebody else's, in namespace team. */
export function sampleWebsite(name: string, spec: JsonObject): KubeObject {
  return { apiVersion: 'example.com/v1', kind: 'Website', metadata: { name, namespace: 'team' }, spec };
}

/** Returns the Composition of Websites with steps of the given kinds. */
export function sampleComposition(name: string, steps: readonly string[], kind = 'Composition'): KubeObject {
  return {
    apiVersion: 'apiextensions.crossplane.io/v1',
    kind,
    metadata: { name },
    spec: {
      compositeTypeRef: { apiVersion: 'example.com/v1', kind: 'Website' },
      pipeline: steps.map((step) => ({
        step: step.toLowerCase(),
        functionRef: { name: 'function-crossply' },
        input: { apiVersion: 'fn.crossply.dev/v1beta1', kind: step, spec: selectorSettings },
      })),
    },
  };
}

/** Returns the ClusterSet platform/eu with members of the given names. */
export function sampleClusterSet(members: { readonly [name: string]: Partial<Member> }): KubeObject {
  const whole = Object.entries(members).map(
    ([name, more]): Member => ({
      name,
      clusterProfile: { namespace: 'fleet', name },
      providerConfig: { kind: 'ClusterProviderConfig', name },
      healthy: true,
      ...more,
    }),
  );
  return {
    apiVersion: 'crossply.dev/v1alpha1',
    kind: 'ClusterSet',
    metadata: { name: 'eu', namespace: 'platform' },
    spec: { tier: 'prod', clusterProfiles: { namespace: 'fleet' } },
    status: { members: whole as unknown as Json },
  };
}

const selectorSettings = { inventory: { clusterSets: { fieldPath: 'spec.clusterSets' } } };

/** A step that chooses clusters from the ClusterSets that a composite lists in spec.clusterSets. */
export const sampleStep: PipelineStep = {
  step: 'select',
  function: 'function-crossply',
  input: { apiVersion: 'fn.crossply.dev/v1beta1', kind: 'ClusterSelector', spec: selectorSettings },
  requirements: [],
};
