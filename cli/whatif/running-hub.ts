import type { TestContext } from 'node:test';
import type { ClusterSetStatus } from '../../functions/generated/types.ts';
import type { KubeObject } from '../../functions/kube/object.ts';
import { formatProblems } from '../../functions/kube/problem.ts';
import { ownFunction, startOwnFunctions } from '../input/functions.ts';
import { builtInPackages } from '../input/packages.ts';
import { createOfflineHub, type OfflineHub } from '../offline-hub/hub.ts';
import { VirtualClock } from '../offline-hub/virtual-clock.ts';

/** A simulated hub that goes on running, to see what really comes of a change. */
export interface RunningHub {
  readonly hub: OfflineHub;
  /** Applies objects and lets the hub settle; clusters that join a ClusterSet can be reached. */
  apply(objects: readonly KubeObject[]): Promise<void>;
}

/** Starts a simulated hub with the real functions, which stops when a test ends. */
export async function startRunningHub(t: TestContext): Promise<RunningHub> {
  const clock = new VirtualClock();
  const server = await startOwnFunctions(() => clock.now());
  const { definitions, compositions } = builtInPackages();
  const hub = createOfflineHub({
    functions: { [ownFunction]: `127.0.0.1:${server.port}` },
    xrds: definitions,
    compositions,
    clock,
  });
  t.after(async () => {
    hub.close();
    await server.stop(0);
  });
  return {
    hub,
    async apply(objects) {
      const isInventory = ({ kind }: KubeObject) => kind === 'ClusterProfile' || kind === 'ClusterSet';
      for (const part of [objects.filter(isInventory), objects.filter((each) => !isInventory(each))]) {
        for (const each of part) {
          const { problems } = hub.apply(each);
          if (problems !== undefined) throw new Error(formatProblems(problems));
        }
        await hub.runFor(30);
        addMembers(hub);
      }
      const { isSettled } = await hub.runUntilSettled();
      // What is on a cluster that is down is looked at again and again.
      const isQuiet = isSettled || (await hub.runUntilQuiet({ maxVirtualSeconds: 60 })).isSettled;
      if (!isQuiet) throw new Error('the hub did not settle');
    },
  };
}

function addMembers(hub: OfflineHub): void {
  for (const { status } of hub.list({ apiVersion: 'crossply.dev/v1alpha1', kind: 'ClusterSet' })) {
    const { members = [] } = (status ?? {}) as ClusterSetStatus;
    for (const { name } of members) if (!hub.members.has(name)) hub.addMember(name);
  }
}
