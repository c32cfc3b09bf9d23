import { clusterSelector } from '../../functions/cluster-selector/function.ts';
import { type PlacementContext, readPlacementContext } from '../../functions/cluster-selector/placement-context.ts';
import { readInventory } from '../../functions/cluster-selector/read-inventory.ts';
import type { Candidate } from '../../functions/clusters/cluster-facts.ts';
import { canonicalJson } from '../../functions/kube/canonical-json.ts';
import type { Json } from '../../functions/kube/json.ts';
import { isJsonObject } from '../../functions/kube/json.ts';
import type { KubeObject } from '../../functions/kube/object.ts';
import type { Checked } from '../../functions/kube/problem.ts';
import type { FunctionRequest, Instant, ResourceSelector } from '../../functions/runtime/composition-function.ts';
import { validateRequest } from '../../functions/runtime/validate-request.ts';
import type { RequirementSelector } from '../offline-hub/dependency-tracker.ts';
import { asObject } from '../offline-hub/lenient-json.ts';
import type { PipelineStep } from '../offline-hub/pipeline.ts';
import { maxCalls } from '../offline-hub/step-runner.ts';
import type { HubReader } from './hub-reader.ts';
import type { ObservedComposite } from './observe-composite.ts';
import { selectorStep } from './placed-kinds.ts';

/** A decision of the ClusterSelector function about one composite, and the clusters that it was made from. */
export interface Decision extends PlacementContext {
  readonly candidates: readonly Candidate[];
}

const packageApi = 'apiextensions.crossplane.io/v1';

/** Returns the Composition of a composite, in the revision that it uses. */
export async function findComposition(
  reader: HubReader,
  { spec, kind, metadata }: KubeObject,
): Promise<Checked<KubeObject>> {
  const { compositionRevisionRef, compositionRef } = asObject(asObject(spec)['crossplane']);
  const [revision, name] = [asObject(compositionRevisionRef)['name'], asObject(compositionRef)['name']];
  const about = `${kind} ${metadata.namespace ?? ''}/${metadata.name ?? ''}`;
  if (typeof name !== 'string')
    return {
      problems: [{ path: about, message: 'has not been processed yet: Crossplane has chosen no Composition for it' }],
    };
  const composition =
    (typeof revision === 'string'
      ? await reader.get({ apiVersion: packageApi, kind: 'CompositionRevision', name: revision })
      : undefined) ?? (await reader.get({ apiVersion: packageApi, kind: 'Composition', name }));
  return composition === undefined
    ? { problems: [{ path: about, message: `its Composition ${name} is not there` }] }
    : { value: composition };
}

/** Returns the step that chooses clusters for a composite: of its Composition, in the revision that it uses. */
export async function findSelectorStep(reader: HubReader, composite: KubeObject): Promise<Checked<PipelineStep>> {
  const composition = await findComposition(reader, composite);
  if (composition.problems !== undefined) return composition;
  const step = selectorStep(composition.value);
  if (step !== undefined) return { value: step };
  const { kind, metadata, spec } = composite;
  const { name } = asObject(asObject(asObject(spec)['crossplane'])['compositionRef']);
  const path = `${kind} ${metadata.namespace ?? ''}/${metadata.name ?? ''}`;
  const message = `its Composition ${String(name)} has no ClusterSelector step, so nothing chooses clusters`;
  return { problems: [{ path, message }] };
}

/**
 * Returns what the ClusterSelector function decides about a composite now: the function itself is called as core calls it,
 * with whatever it asks for, until it asks for nothing new. Problems are those for which the function would refuse.
 */
export async function decide(
  reader: HubReader,
  step: PipelineStep,
  observed: ObservedComposite,
  now: Instant,
): Promise<Checked<Decision>> {
  const seeds = await findAll(
    reader,
    step.requirements.map(({ name, selector }) => [name, selector]),
  );
  const { namespace, name } = observed.composite.metadata;
  const about = `${observed.composite.kind} ${namespace ?? ''}/${name ?? ''}`;
  let required: FunctionRequest['required'] = seeds;
  let asked: string | undefined;
  for (let calls = 1; calls <= maxCalls; calls++) {
    const request = validateRequest({
      input: step.input ?? {},
      context: new Map(),
      observed,
      desired: { status: {}, resources: new Map() },
      required,
    });
    if (request.problems !== undefined) return request;
    const { fatal, requirements = {}, context = {} } = clusterSelector.run(request.value, { now });
    if (fatal !== undefined) return { problems: [{ path: about, message: fatal }] };
    const asks = canonicalJson(requirements as unknown as Json);
    const decision = readPlacementContext(new Map(Object.entries(context)));
    if (asks === asked && decision !== undefined)
      return { value: { ...decision, candidates: candidatesIn(required, decision) } };
    asked = asks;
    const selectors = Object.entries(requirements).map(([key, selector]) => [key, toSelector(selector)] as const);
    required = new Map([...seeds, ...(await findAll(reader, selectors))]);
  }
  return {
    problems: [{ path: about, message: `asks for other resources each time it is decided (${maxCalls} times)` }],
  };
}

type Named = readonly (readonly [name: string, selector: RequirementSelector])[];

async function findAll(reader: HubReader, selectors: Named): Promise<ReadonlyMap<string, readonly KubeObject[]>> {
  return new Map(
    await Promise.all(selectors.map(async ([key, selector]) => [key, await find(reader, selector)] as const)),
  );
}

async function find(reader: HubReader, { name, ...selector }: RequirementSelector): Promise<readonly KubeObject[]> {
  if (name === undefined) return reader.list(selector);
  const found = await reader.get({ ...selector, name });
  return found === undefined ? [] : [found];
}

function toSelector({ match, ...selector }: ResourceSelector): RequirementSelector {
  return 'name' in match ? { ...selector, name: match.name } : { ...selector, labels: match.labels };
}

/** A Tier's composites are given every ClusterSet of its namespace; those of other Tiers do not count. */
function candidatesIn(required: FunctionRequest['required'], { tier }: PlacementContext): readonly Candidate[] {
  const sets = [...required.values()].flat().filter(({ kind }) => kind === 'ClusterSet');
  const own = sets.filter(({ spec }) => tier === undefined || (isJsonObject(spec) && spec['tier'] === tier.name));
  return readInventory(own).candidates;
}
