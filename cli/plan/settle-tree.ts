import type { ClusterSetStatus } from '../../functions/generated/types.ts';
import type { KubeObject } from '../../functions/kube/object.ts';
import type { Instant } from '../../functions/runtime/composition-function.ts';
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
import { FailureRecorder } from './failure-recorder.ts';
import { findProblems, locateProblem } from './find-problems.ts';
import { findUnfinished } from './find-unfinished.ts';
import { MoveRecorder } from './move-recorder.ts';
import { type SettleOptions, settleRollouts } from './settle-rollouts.ts';
import { WaitRecorder } from './wait-recorder.ts';

/** How a plan is made. */
export interface TreeOptions extends SettleOptions {
  /** When the plan begins; the first of 2026 when left out, so that it is the same whenever it is made. */
  readonly start?: Instant;
  /** Is shown the hub before anything is applied to it but kinds and Compositions. */
  readonly onHub?: (hub: OfflineHub) => void;
}

/** A hub on which nothing is left to do, or no time; its functions are no longer there, its objects are. */
export interface SettledTree {
  readonly hub: OfflineHub;
  readonly moves: MoveRecorder;
  readonly waits: WaitRecorder;
  readonly failures: FailureRecorder;
  readonly problems: readonly string[];
  readonly startedAt: Instant;
  readonly seconds: number;
  readonly isConverged: boolean;
}

/** Applies the resources at a path to an offline hub, runs the real functions until nothing is left to do, and returns the hub. Throws when the path cannot be read. */
export async function settleTree(path: string, options: TreeOptions): Promise<SettledTree> {
  const { documents, problems } = readDocuments(path);
  const sorted = sortDocuments(documents);
  const { targets, problems: unreachable } = developmentTargets(sorted.functions.map(({ object }) => object));
  const clock = new VirtualClock(options.start);
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
    options.onHub?.(hub);
    const refused = applyAll(hub, sorted.inventory);
    await hub.runUntilSettled({ maxVirtualSeconds: 60 });
    addMembers(hub);
    const [moves, waits, failures] = [new MoveRecorder(hub), new WaitRecorder(hub), new FailureRecorder(hub)];
    const startedAt = clock.milliseconds;
    refused.push(...applyAll(hub, sorted.rest));
    const isSettled = await settleRollouts(hub, waits, options);
    const stuck = isSettled ? findUnfinished(hub) : [];
    return {
      hub,
      ...{ moves, waits, failures },
      problems: [
        ...problems.map(formatFileProblem),
        ...unreachable,
        ...refused,
        ...findProblems(hub, documents),
        ...stuck,
        ...(isSettled ? [] : [`not converged after ${options.maxVirtualSeconds} virtual seconds`]),
      ],
      startedAt,
      seconds: (clock.milliseconds - startedAt) / 1000,
      isConverged: isSettled && stuck.length === 0,
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
