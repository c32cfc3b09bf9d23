import { canonicalJson } from '../../functions/kube/canonical-json.ts';
import type { KubeObject } from '../../functions/kube/object.ts';
import { inputApiVersion } from '../../functions/runtime/validate-request.ts';
import { InputError } from '../input/input-error.ts';
import { asObject } from '../offline-hub/lenient-json.ts';
import { stepsOf } from '../offline-hub/packages.ts';
import type { PipelineStep } from '../offline-hub/pipeline.ts';
import type { HubReader } from './hub-reader.ts';

/** A kind of composites that a Composition places on clusters. */
export interface PlacedKind {
  readonly apiVersion: string;
  readonly kind: string;
}

/** What the others build on comes first. */
const kindsInOrder = ['Tier', 'ComputeNamespace', 'App'];

/** Returns the kinds whose Compositions have a ClusterSelector step: Tiers, then ComputeNamespaces, then Apps, then those of others by name. Throws an InputError when there is none: the hub is not one of Crossply. */
export async function placedKinds(reader: HubReader): Promise<readonly PlacedKind[]> {
  const compositions = await reader.list({ apiVersion: 'apiextensions.crossplane.io/v1', kind: 'Composition' });
  const kinds = compositions
    .filter((composition) => selectorStep(composition) !== undefined)
    .map(({ spec }) => asObject(asObject(spec)['compositeTypeRef']))
    .map(({ apiVersion, kind }) => ({ apiVersion: String(apiVersion), kind: String(kind) }));
  if (kinds.length === 0)
    throw new InputError(
      'the hub has no Composition with a ClusterSelector step, so nothing is placed by it; install Crossply there, or name another hub',
    );
  return [...new Map(kinds.map((each) => [canonicalJson(each), each])).values()].sort(
    (a, b) => rank(a) - rank(b) || (a.kind < b.kind ? -1 : 1),
  );
}

/** Returns the step of a Composition, or of a revision of one, that chooses clusters. */
export function selectorStep(composition: KubeObject): PipelineStep | undefined {
  return stepOfKind(composition, 'ClusterSelector');
}

/** Returns the first step of a Composition whose input is of one of our kinds. */
export function stepOfKind(composition: KubeObject, kind: string): PipelineStep | undefined {
  return stepsOf(composition).find(({ input }) => input?.['apiVersion'] === inputApiVersion && input['kind'] === kind);
}

function rank({ kind }: PlacedKind): number {
  return kindsInOrder.includes(kind) ? kindsInOrder.indexOf(kind) : kindsInOrder.length;
}
