import type { Candidate } from '../clusters/cluster-facts.ts';
import type { Present } from './placement.ts';
import type { ReplicaRules } from './replica-rules.ts';
import { divideWithNewcomers } from './replicas/divide-with-newcomers.ts';
import type { ReplicaTarget } from './replicas/division.ts';

/** Replicas by component. */
export type Replicas = { readonly [component: string]: number };

/** Replicas of every component on every chosen cluster, and what could not be placed. */
export interface DividedComponents {
  readonly byCluster: ReadonlyMap<string, Replicas>;
  /** Sentences such as `web: 2 of 10 replicas find no room`. */
  readonly complaints: readonly string[];
}

/**
 * Returns the replicas of each component on each chosen cluster: `totals` everywhere, or divided so that their sum is
 * `totals`. What one component takes of the room is gone for the next, in the order of their names. An unhealthy cluster
 * keeps what it holds and gets no more, while the others can take the rest; a paused one does so whatever else is there.
 */
export function divideComponents(
  totals: Replicas,
  chosen: readonly Candidate[],
  present: readonly Present[],
  rules: ReplicaRules & { readonly tierOf?: (cluster: string) => number; readonly fixed?: readonly string[] },
  isFresh: boolean,
): DividedComponents {
  const held = new Map(present.filter(({ leaving }) => !leaving).map(({ cluster, replicas }) => [cluster, replicas]));
  const room = new Map(chosen.map(({ facts }) => [facts.name, rules.roomOf?.(facts)]));
  const byCluster = new Map<string, { [component: string]: number }>(chosen.map(({ facts }) => [facts.name, {}]));
  const complaints: string[] = [];
  for (const [component, total] of Object.entries(totals).sort(([a], [b]) => (a < b ? -1 : 1))) {
    const targets = chosen.map((candidate): Target => {
      const { name } = candidate.facts;
      const [here, left] = [held.get(name)?.[component], room.get(name)];
      return {
        cluster: name,
        isHealthy: candidate.isHealthy,
        isPaused: candidate.paused !== undefined,
        tier: rules.tierOf?.(name) ?? 0,
        ...(rules.weightOf !== undefined && { weight: rules.weightOf(candidate.facts) }),
        ...(left !== undefined && { room: left }),
        ...(here !== undefined && { held: here }),
      };
    });
    const isFixed = rules.policy.mode === 'Divided' && rules.fixed?.includes(component) === true;
    const { frozen, rest } = isFixed ? keepAll(targets) : freeze(total, targets, rules);
    const left = Math.max(0, total - sumHeld(frozen));
    const { replicas, unplaced, shortOfMin } = divideWithNewcomers(left, rest, { ...rules.policy, fresh: isFresh });
    const given = new Map([...replicas, ...frozen.map(({ cluster, held: here = 0 }) => [cluster, here] as const)]);
    for (const { cluster, held: here = 0 } of targets) {
      const count = given.get(cluster) ?? 0;
      const free = room.get(cluster);
      if (free !== undefined) room.set(cluster, Math.max(0, free - Math.max(0, count - here)));
      Object.assign(byCluster.get(cluster) ?? {}, { [component]: count });
    }
    if (unplaced > 0 && chosen.length > 0)
      complaints.push(`${component}: ${unplaced} of ${total} replicas find no room`);
    if (shortOfMin.length > 0)
      complaints.push(`${component}: fewer than ${rules.policy.minPerCluster} replicas on ${shortOfMin.join(', ')}`);
  }
  return { byCluster, complaints };
}

type Target = ReplicaTarget & { readonly isHealthy: boolean; readonly isPaused: boolean };

/** Sorts out the clusters that keep what they hold: the paused ones, and the unhealthy ones unless that is more than there is or nobody else is left. */
function freeze(
  total: number,
  targets: readonly Target[],
  { policy }: ReplicaRules,
): { readonly frozen: readonly Target[]; readonly rest: readonly Target[] } {
  if (policy.mode !== 'Divided') return { frozen: [], rest: targets };
  const paused = targets.filter(({ isPaused }) => isPaused);
  const unhealthy = targets.filter(({ isPaused, isHealthy, held }) => !isPaused && !isHealthy && held !== undefined);
  const both = [...paused, ...unhealthy];
  const isPossible = both.length < targets.length && sumHeld(both) <= total;
  const frozen = isPossible ? both : paused;
  return { frozen, rest: targets.filter((target) => !frozen.includes(target)) };
}

/** Sorts out the clusters that have a part already of what nobody can change. */
function keepAll(targets: readonly Target[]): ReturnType<typeof freeze> {
  return {
    frozen: targets.filter(({ held }) => held !== undefined),
    rest: targets.filter(({ held }) => held === undefined),
  };
}

function sumHeld(targets: readonly ReplicaTarget[]): number {
  return targets.reduce((sum, { held = 0 }) => sum + held, 0);
}
