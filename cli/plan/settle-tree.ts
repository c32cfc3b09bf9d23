import type { ClusterSetStatus } from '../../functions/generated/types.ts';
import type { KubeObject } from '../../functions/kube/object.ts';
import { type Document, formatFileProblem, readDocuments } from '../input/documents.ts';
import {
  connectWithoutTtl,
  developmentTargets,
  ownFunction,
  startOwnFunctions,
  waitForFunctions,
} from '../input/functions.ts';
import { builtInPackages } from '../input/packages.ts';
import { createOfflineHub, type OfflineHub } from '../offline-hub/hub.ts';
import { VirtualClock } from '../offline-hub/virtual-clock.ts';
import { findProblems, locateProblem } from './find-problems.ts';
import { WaveRecorder } from './wave-recorder.ts';

/** How long a plan may take in virtual time, and who wants to hear how far it is. */
export interface SettleOptions {
  readonly maxVirtualSeconds: number;
  readonly onProgress: (virtualSeconds: number, doing: string) => void;
}

/** A hub on which nothing is left to do, or no time; its functions are no longer there, its objects are. */
export interface SettledTree {
  readonly hub: OfflineHub;
  readonly waves: WaveRecorder;
  readonly problems: readonly string[];
  readonly seconds: number;
  readonly isConverged: boolean;
}

/** Applies the resources at a path to an offline hub, runs the real functions until nothing is left to do, and returns the hub. Throws when the path cannot be read. */
export async function settleTree(path: string, options: SettleOptions): Promise<SettledTree> {
  const { documents, problems } = readDocuments(path);
  const sorted = sortDocuments(documents);
  const { targets, problems: unreachable } = developmentTargets(sorted.functions.map(({ object }) => object));
  const clock = new VirtualClock();
  await waitForFunctions(Object.values(targets));
  const others = Object.fromEntries(Object.entries(targets).map(([name, at]) => [name, connectWithoutTtl(at)]));
  const server = await startOwnFunctions(() => clock.now());
  const own = builtInPackages();
  const hub = createOfflineHub({
    functions: { ...others, [ownFunction]: `127.0.0.1:${server.port}` },
    xrds: [...own.definitions, ...sorted.definitions.map(({ object }) => object)],
    compositions: [...own.compositions, ...sorted.compositions.map(({ object }) => object)],
    clock,
  });
  try {
    const refused = applyAll(hub, sorted.inventory);
    await hub.runUntilSettled({ maxVirtualSeconds: 60 });
    addMembers(hub);
    const waves = new WaveRecorder(hub);
    refused.push(...applyAll(hub, sorted.rest));
    const { isSettled, virtualSeconds } = await settleWithProgress(hub, options);
    return {
      hub,
      waves,
      problems: [
        ...problems.map(formatFileProblem),
        ...unreachable,
        ...refused,
        ...findProblems(hub, documents),
        ...(isSettled ? [] : [`not converged after ${options.maxVirtualSeconds} virtual seconds`]),
      ],
      seconds: virtualSeconds,
      isConverged: isSettled,
    };
  } finally {
    hub.close();
    for (const client of Object.values(others)) client.close();
    await server.stop(0);
  }
}

type Sorted = {
  readonly [part in 'definitions' | 'compositions' | 'functions' | 'inventory' | 'rest']: readonly Document[];
};

const partOfKind: { readonly [kind: string]: keyof Sorted } = {
  CompositeResourceDefinition: 'definitions',
  Composition: 'compositions',
  Function: 'functions',
  ClusterProfile: 'inventory',
  ClusterSet: 'inventory',
};

function sortDocuments(documents: readonly Document[]): Sorted {
  const of = (part: keyof Sorted) => documents.filter(({ object }) => (partOfKind[object.kind] ?? 'rest') === part);
  return {
    definitions: of('definitions'),
    compositions: of('compositions'),
    functions: of('functions'),
    inventory: of('inventory'),
    rest: of('rest'),
  };
}

function applyAll(hub: OfflineHub, documents: readonly Document[]): string[] {
  return documents.flatMap((document) =>
    (hub.apply(document.object).problems ?? []).map((problem) => locateProblem(document, problem)),
  );
}

/** Every member of a ClusterSet becomes a member cluster of the hub, reached by its provider configuration. */
function addMembers(hub: OfflineHub): void {
  for (const object of hub.list({ apiVersion: 'crossply.dev/v1alpha1', kind: 'ClusterSet' })) {
    for (const { providerConfig } of membersOf(object)) {
      if (!hub.members.has(providerConfig.name)) hub.addMember(providerConfig.name);
    }
  }
}

function membersOf({ status }: KubeObject) {
  return ((status ?? {}) as ClusterSetStatus).members ?? [];
}

/** Settles in slices of virtual time, so that somebody who watches sees it move. */
async function settleWithProgress(hub: OfflineHub, { maxVirtualSeconds, onProgress }: SettleOptions) {
  const sliceSeconds = 60;
  let virtualSeconds = 0;
  for (;;) {
    const left = Math.min(sliceSeconds, maxVirtualSeconds - virtualSeconds);
    const settled = await hub.runUntilSettled({ maxVirtualSeconds: left });
    virtualSeconds += settled.virtualSeconds;
    if (settled.isSettled || virtualSeconds >= maxVirtualSeconds) return { ...settled, virtualSeconds };
    onProgress(virtualSeconds, settled.pending[0] ?? '');
  }
}
