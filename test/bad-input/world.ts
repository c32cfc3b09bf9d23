import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { ownFunction } from '../../cli/input/functions.ts';
import { builtInPackages } from '../../cli/input/packages.ts';
import { createOfflineHub, type OfflineHub } from '../../cli/offline-hub/hub.ts';
import { keyOf, refTo } from '../../cli/offline-hub/object-ref.ts';
import { VirtualClock } from '../../cli/offline-hub/virtual-clock.ts';
import { canonicalJson } from '../../functions/kube/canonical-json.ts';
import type { KubeObject } from '../../functions/kube/object.ts';
import { formatProblems } from '../../functions/kube/problem.ts';
import { registry } from '../../functions/registry.ts';
import type { FunctionClient } from '../../functions/runtime/client.ts';
import { RunFunctionRequest, RunFunctionResponse } from '../../functions/runtime/proto.ts';
import { runFunction } from '../../functions/runtime/run-function.ts';
import { looseDefinition } from './loose-definition.ts';

const { definitions, compositions } = builtInPackages();
const file = join(import.meta.dirname, 'world.yaml');
const documents = parseAllDocuments(readFileSync(file, 'utf8')).map((document): KubeObject => document.toJS());

/** The objects that are well, by `Kind/name`. */
export const base: ReadonlyMap<string, KubeObject> = new Map(
  [...documents, ...compositions].map((object) => [`${object.kind}/${object.metadata.name}`, object]),
);

/** Returns a hub with the base and three member clusters, where nothing has run yet; it refuses what the published schemas refuse, or lets all through to the functions. */
export function createWorld({ isStrict }: { readonly isStrict: boolean }): OfflineHub {
  const clock = new VirtualClock();
  const hub = createOfflineHub({
    functions: { [ownFunction]: functionsHere(clock) },
    xrds: isStrict ? definitions : definitions.map(looseDefinition),
    compositions,
    clock,
  });
  for (const cluster of ['eu-1', 'eu-2', 'us-1']) hub.addMember(cluster);
  for (const object of documents) {
    const { problems } = hub.apply(object);
    if (problems !== undefined) throw new Error(formatProblems(problems));
  }
  return hub;
}

/** The functions in this process, with the wire codec but without a connection: sixty cases make thousands of calls. */
function functionsHere(clock: VirtualClock): FunctionClient {
  return {
    runFunction: async (request) =>
      RunFunctionResponse.decode(runFunction(registry, RunFunctionRequest.encode(request).finish(), clock.now()).bytes),
    close() {},
  };
}

/** Returns every object of every member by `cluster key`: its uid and all that somebody asked for. */
export function memberObjects(hub: OfflineHub): ReadonlyMap<string, string> {
  const entries = [...hub.members].flatMap(([cluster, { store }]) =>
    [...store.index.all()].map(({ status: _status, ...object }): [string, string] => {
      const { resourceVersion: _, managedFields: _fields, generation: _generation, ...metadata } = object.metadata;
      return [`${cluster} ${keyOf(refTo(object as KubeObject))}`, canonicalJson({ ...object, metadata })];
    }),
  );
  return new Map(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}
