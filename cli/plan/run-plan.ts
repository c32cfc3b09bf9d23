import type { ClusterSetStatus } from '../../functions/generated/types.ts';
import type { KubeObject } from '../../functions/kube/object.ts';
import { formatProblem } from '../../functions/kube/problem.ts';
import { type Document, readDocuments } from '../input/documents.ts';
import { developmentTargets, ownFunction, startOwnFunctions } from '../input/functions.ts';
import { builtInPackages } from '../input/packages.ts';
import { createOfflineHub, type OfflineHub } from '../offline-hub/hub.ts';
import { VirtualClock } from '../offline-hub/virtual-clock.ts';
import { describeComposites, manifestsByCluster } from './describe-hub.ts';
import { findProblems, formatFileProblem } from './find-problems.ts';
import type { Plan } from './plan.ts';
import { WaveRecorder } from './wave-recorder.ts';

/** How long a plan may take in virtual time, and who wants to hear how far it is. */
export interface PlanOptions {
  readonly maxVirtualSeconds: number;
  readonly onProgress: (virtualSeconds: number, doing: string) => void;
}

/** Plans the resources at a path: runs the real functions on an offline hub until nothing is left to do, and returns what came of it. Throws when the path cannot be read. */
export async function runPlan(path: string, options: PlanOptions): Promise<Plan> {
  const { documents, problems } = readDocuments(path);
  const sorted = sortDocuments(documents);
  const { targets, problems: unreachable } = developmentTargets(sorted.functions.map(({ object }) => object));
  const clock = new VirtualClock();
  const server = await startOwnFunctions(() => clock.now());
  const own = builtInPackages();
  const hub = createOfflineHub({
    functions: { ...targets, [ownFunction]: `127.0.0.1:${server.port}` },
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
    const settled = await settleWithProgress(hub, options);
    return {
      clusters: [...hub.members.keys()].sort(),
      composites: describeComposites(hub, waves),
      manifests: manifestsByCluster(hub),
      problems: [
        ...problems.map(formatFileProblem),
        ...unreachable,
        ...refused,
        ...findProblems(hub, documents),
        ...(settled.isSettled ? [] : [`not converged after ${options.maxVirtualSeconds} virtual seconds`]),
      ],
      seconds: settled.virtualSeconds,
      isConverged: settled.isSettled,
    };
  } finally {
    hub.close();
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
  return documents.flatMap(({ file, line, object }) =>
    (hub.apply(object).problems ?? []).map((problem) =>
      formatFileProblem({ file, line, message: formatProblem(problem) }),
    ),
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
async function settleWithProgress(hub: OfflineHub, { maxVirtualSeconds, onProgress }: PlanOptions) {
  const sliceSeconds = 60;
  let virtualSeconds = 0;
  for (;;) {
    const settled = await hub.runUntilSettled({ maxVirtualSeconds: sliceSeconds });
    virtualSeconds += settled.virtualSeconds;
    if (settled.isSettled || virtualSeconds >= maxVirtualSeconds) return { ...settled, virtualSeconds };
    onProgress(virtualSeconds, settled.pending[0] ?? '');
  }
}
