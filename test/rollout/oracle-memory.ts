import type { World } from './world.ts';

/** What somebody writes down who watches the clusters and the content that is asked for. */
export type Memory = {
  /** The revision that clusters were last seen to go to. */
  readonly target: string;
  /** Clusters that have begun with it since it became the target, in the order in which they did. */
  readonly begun: readonly string[];
  /** The last revision that every chosen cluster was healthy with. */
  readonly stable?: string;
  /** Whether every chosen cluster was healthy with the target already. */
  readonly isOver: boolean;
};

/** Nothing was seen yet. */
export const blankMemory: Memory = { target: '', begun: [], isOver: false };

/** Returns what is written down once clusters were given entries: who begins now with which target. */
export function seeBeginnings(memory: Memory, target: string, begins: readonly string[]): Memory {
  const isSame = memory.target === target;
  const before = isSame ? memory.begun : [];
  const begun = [...before, ...begins.filter((name) => !before.includes(name))];
  return { ...memory, target, begun, isOver: isSame && memory.isOver };
}

/** Returns what is written down after a look at the members; where nobody waits for clusters that cannot be reached, the rollout is over without them. */
export function seeHealth(memory: Memory, { running, chosen, away }: World, skipsUnreachable: boolean): Memory {
  const isWell = (name: string) =>
    !away.includes(name) &&
    running.some(
      ({ cluster, revision, health }) => cluster === name && revision === memory.target && health === 'Healthy',
    );
  const waited = skipsUnreachable ? chosen.filter((name) => !away.includes(name)) : chosen;
  if (memory.target === '' || waited.length === 0 || !waited.every(isWell)) return memory;
  return memory.isOver && memory.stable === memory.target ? memory : { ...memory, isOver: true, stable: memory.target };
}
