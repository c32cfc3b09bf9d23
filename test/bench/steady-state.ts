import type { AssignmentSliceSpec } from '../../functions/generated/types.ts';
import { canonicalJson } from '../../functions/kube/canonical-json.ts';
import type { KubeObject } from '../../functions/kube/object.ts';
import { registry } from '../../functions/registry.ts';
import { Ready, type Resource, RunFunctionRequest, RunFunctionResponse } from '../../functions/runtime/proto.ts';
import { runFunction } from '../../functions/runtime/run-function.ts';
import { entryHash } from '../../functions/slices/placed-assignment.ts';
import { app, inventory } from './fleet.ts';

/** The clock of every benchmark: long after the last transition, as in a fleet at rest. */
export const now = Date.UTC(2026, 0, 2);

const settledAt = '2026-01-01T00:00:00Z';

/** The bytes of the calls of one pass, in order, ready to be sent. */
export type Pass = readonly { readonly name: string; readonly request: Uint8Array }[];

/** Most passes until an App is at rest; its waves need a few dozen. */
const mostPasses = 200;

/** Returns one pass of the App's pipeline at rest: every cluster has the target and every slice reports it healthy. Throws when the App does not get there, for then the figures would be of something else. */
export function appPass(clusters: number): { readonly pass: Pass; readonly observed: ReadonlyMap<string, KubeObject> } {
  const supplies = inventory(clusters);
  let observed: ReadonlyMap<string, KubeObject> = new Map();
  for (let passes = 0; passes < mostPasses; passes++) {
    const { pass, desired } = runPipeline(observed, supplies);
    const next = new Map([...desired].map(([key, object]) => [key, observe(object)]));
    if (canonicalJson(Object.fromEntries(next)) === canonicalJson(Object.fromEntries(observed))) {
      const assigned = countAssignments(observed);
      if (assigned !== clusters) throw new Error(`the App is at rest with ${assigned} assignments, not ${clusters}`);
      return { pass, observed };
    }
    observed = next;
  }
  throw new Error(`the App of ${clusters} clusters did not come to rest in ${mostPasses} passes`);
}

function countAssignments(resources: ReadonlyMap<string, KubeObject>): number {
  const slices = [...resources.values()].filter(({ kind }) => kind === 'AssignmentSlice');
  return slices.reduce((sum, { spec }) => sum + (spec as AssignmentSliceSpec).assignments.length, 0);
}

/** Returns the call of Delivery at rest for the first slice that a pass left, with every Object observed in full. */
export function deliveryPass(observed: ReadonlyMap<string, KubeObject>): Pass {
  const slice = [...observed.values()].find(({ kind }) => kind === 'AssignmentSlice');
  const revision = [...observed.values()].find(({ kind }) => kind === 'ControllerRevision');
  if (slice === undefined || revision === undefined) throw new Error('the App left no slice or Revision');
  const required = new Map([[`revision/${revision.metadata.name}`, [revision]]]);
  const call = (objects: ReadonlyMap<string, KubeObject>) =>
    request('Delivery', undefined, slice, objects, {}, {}, required);
  const first = decode(call(new Map()));
  const objects = new Map(
    Object.entries(first.desired?.resources ?? {}).map(([key, { resource }]) => [
      key,
      observeObject(resource as KubeObject),
    ]),
  );
  if (objects.size === 0) throw new Error('Delivery delivers nothing');
  return [{ name: 'Delivery', request: call(objects) }];
}

function runPipeline(observed: ReadonlyMap<string, KubeObject>, supplies: Supplies) {
  const steps = [
    { name: 'ClusterSelector', spec: { inventory: { computeNamespace: { nameFieldPath: 'spec.computeNamespace' } } } },
    { name: 'App', spec: undefined },
    { name: 'FanOut', spec: undefined },
  ];
  const pass: { name: string; request: Uint8Array }[] = [];
  let desired: { [key: string]: Resource } = {};
  let context: RunFunctionRequest['context'] = {};
  for (const { name, spec } of steps) {
    const ask = (required: Supplies) => request(name, spec, app, observed, desired, context, required);
    const bytes = ask(whatItAsksFor(ask, supplies));
    pass.push({ name, request: bytes });
    const response = decode(bytes);
    desired = response.desired?.resources ?? {};
    context = response.context;
  }
  return {
    pass,
    desired: new Map(Object.entries(desired).map(([key, { resource }]) => [key, resource as KubeObject])),
  };
}

/** Required resources, by the name under which a function asks for them. */
type Supplies = ReadonlyMap<string, readonly KubeObject[]>;

/** Most calls that core makes of one step until its requirements stay the same. */
const mostCalls = 6;

/** What core would supply a step with: it calls until nothing new is asked for. What is not among the supplies does not exist. */
function whatItAsksFor(ask: (required: Supplies) => Uint8Array, supplies: Supplies): Supplies {
  let required: Supplies = new Map();
  for (let calls = 0; calls < mostCalls; calls++) {
    const names = Object.keys(decode(ask(required)).requirements?.resources ?? {});
    if (names.every((name) => required.has(name))) return required;
    required = new Map(names.map((name) => [name, supplies.get(name) ?? []]));
  }
  throw new Error(`a step asks for something else each of ${mostCalls} times`);
}

function request(
  kind: string,
  spec: object | undefined,
  composite: KubeObject,
  observed: ReadonlyMap<string, KubeObject>,
  desired: { [key: string]: Resource },
  context: RunFunctionRequest['context'],
  required: Supplies,
): Uint8Array {
  const wire = (resource: KubeObject): Resource => ({
    resource,
    connectionDetails: {},
    ready: Ready.READY_UNSPECIFIED,
  });
  const message = RunFunctionRequest.create({
    meta: { tag: kind, capabilities: [] },
    observed: {
      composite: wire(composite),
      resources: Object.fromEntries([...observed].map(([key, object]) => [key, wire(object)])),
    },
    desired: { composite: undefined, resources: desired },
    input: { apiVersion: 'fn.crossply.dev/v1beta1', kind, ...(spec !== undefined && { spec }) },
    context,
    requiredResources: Object.fromEntries([...required].map(([name, objects]) => [name, { items: objects.map(wire) }])),
  });
  return RunFunctionRequest.encode(message).finish();
}

function decode(bytes: Uint8Array): RunFunctionResponse {
  const { bytes: response, bug } = runFunction(registry, bytes, now);
  if (bug !== undefined) throw bug;
  const decoded = RunFunctionResponse.decode(response);
  const [fatal] = decoded.results;
  if (fatal !== undefined) throw new Error(fatal.message);
  return decoded;
}

/** What core would observe of a composed resource that has been applied for a day and is well. */
function observe(object: KubeObject): KubeObject {
  const metadata = {
    ...object.metadata,
    namespace: 'team',
    uid: object.metadata.name ?? '',
    generation: 1,
    creationTimestamp: settledAt,
  };
  if (object.kind !== 'AssignmentSlice') return { ...object, metadata };
  const { assignments } = object.spec as AssignmentSliceSpec;
  const report = assignments.map((assignment) => ({
    cluster: assignment.cluster,
    entry: entryHash(assignment),
    revision: assignment.revision,
    phase: 'Healthy',
    objects: { desired: 6, ready: 6 },
    messages: [],
    since: settledAt,
  }));
  return {
    ...object,
    metadata,
    status: {
      conditions: conditions(),
      assignments: report,
      clusters: { desired: report.length, healthy: report.length, leaving: 0 },
    },
  };
}

function observeObject(object: KubeObject): KubeObject {
  const { manifest } = (object.spec as unknown as { readonly forProvider: { readonly manifest: KubeObject } })
    .forProvider;
  const remote = {
    ...manifest,
    metadata: { ...manifest.metadata, uid: 'remote', generation: 1, creationTimestamp: settledAt },
    status: {
      observedGeneration: 1,
      replicas: 2,
      updatedReplicas: 2,
      readyReplicas: 2,
      availableReplicas: 2,
      conditions: conditions(),
    },
  };
  const metadata = { ...object.metadata, uid: object.metadata.name ?? '', generation: 1, creationTimestamp: settledAt };
  return { ...object, metadata, status: { atProvider: { manifest: remote as KubeObject }, conditions: conditions() } };
}

function conditions() {
  return ['Synced', 'Ready'].map((type) => ({
    type,
    status: 'True',
    reason: 'Available',
    observedGeneration: 1,
    lastTransitionTime: settledAt,
  }));
}
