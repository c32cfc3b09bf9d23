import { join } from 'node:path';
import { type Document, readDocuments } from '../../cli/input/documents.ts';
import { ownFunction } from '../../cli/input/functions.ts';
import { builtInPackages } from '../../cli/input/packages.ts';
import { createOfflineHub, type OfflineHub } from '../../cli/offline-hub/hub.ts';
import { VirtualClock } from '../../cli/offline-hub/virtual-clock.ts';
import type { ClusterSetStatus } from '../../functions/generated/types.ts';
import type { RunFunctionRequest } from '../../functions/runtime/proto.ts';
import { type Call, inProcessClient } from './in-process-client.ts';

/** The examples whose functions are all ours. */
export const examples = ['online-boutique', 'stateful'] as const;

/** An example that came to rest on an offline hub. */
export interface ExampleWorld {
  readonly hub: OfflineHub;
  /** The last call of every step of every composite. */
  readonly calls: ReadonlyMap<string, Call>;
  /** Changes every request from now on before the functions see it. */
  interfere(change: (request: RunFunctionRequest) => RunFunctionRequest): void;
}

const packages = builtInPackages();

/** Applies an example to an offline hub and runs it until nothing is left to do. */
export async function settleExample(name: string): Promise<ExampleWorld> {
  const { documents } = readDocuments(join(import.meta.dirname, '..', '..', 'examples', name));
  const calls = new Map<string, Call>();
  const clock = new VirtualClock();
  let change = (request: RunFunctionRequest) => request;
  const client = inProcessClient(
    () => clock.now(),
    (call) => calls.set(`${call.composite} ${call.function}`, call),
    (request) => change(request),
  );
  const hub = createOfflineHub({
    functions: { [ownFunction]: client },
    xrds: packages.definitions,
    compositions: packages.compositions,
    clock,
  });
  const isInventory = ({ object: { kind } }: Document) => kind === 'ClusterProfile' || kind === 'ClusterSet';
  applyAll(hub, documents.filter(isInventory));
  await hub.runUntilSettled({ maxVirtualSeconds: 60 });
  for (const { status } of hub.list({ apiVersion: 'crossply.dev/v1alpha1', kind: 'ClusterSet' })) {
    for (const { providerConfig } of (status as ClusterSetStatus).members ?? []) hub.addMember(providerConfig.name);
  }
  applyAll(
    hub,
    documents.filter((document) => !isInventory(document)),
  );
  const { isSettled, pending } = await hub.runUntilSettled({ maxVirtualSeconds: 7200 });
  if (!isSettled) throw new Error(`${name} did not settle: ${pending.slice(0, 3).join(', ')}`);
  return {
    hub,
    calls,
    interfere(next) {
      change = next;
    },
  };
}

function applyAll(hub: OfflineHub, documents: readonly Document[]): void {
  for (const { object } of documents) {
    const { problems } = hub.apply(object);
    if (problems !== undefined) throw new Error(JSON.stringify(problems));
  }
}
