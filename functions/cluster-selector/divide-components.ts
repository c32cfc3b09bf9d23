import type { Candidate, ClusterFacts } from '../clusters/cluster-facts.ts';
import { compileClusterSelection } from '../clusters/cluster-selection.ts';
import type { ReplicaDivision } from '../generated/types.ts';
import type { Checked } from '../kube/problem.ts';
import { compileRoom, type RoomOf } from './capacity.ts';
import type { Present } from './placement.ts';
import { divideReplicas } from './replicas/divide-replicas.ts';
import type { DivisionPolicy } from './replicas/division.ts';
import { largestWeight } from './replicas/largest-weight.ts';

/** Replicas by component. */
export type Replicas = { readonly [component: string]: number };

/** How the replicas of a composite are divided, ready to be asked. */
export interface ReplicaRules {
  readonly policy: DivisionPolicy;
  /** Absent when all clusters weigh the same. */
  readonly weightOf?: (cluster: ClusterFacts) => number;
  readonly roomOf?: RoomOf;
}

/** Replicas of every component on every chosen cluster, and what could not be placed. */
export interface DividedComponents {
  readonly byCluster: ReadonlyMap<string, Replicas>;
  /** Sentences such as `web: 2 of 10 replicas find no room`. */
  readonly complaints: readonly string[];
}

/** Returns the rules by which replicas are divided, or all that is wrong with them. Nothing said means the same everywhere. */
export function compileReplicaRules(division: ReplicaDivision | undefined, path: string): Checked<ReplicaRules> {
  const { mode = 'Duplicated', strategy, weights, minPerCluster, maxPerCluster, capacity } = division ?? {};
  const compiled = (weights ?? []).map(({ clusters, weight }, index) => ({
    weight,
    selects: compileClusterSelection(clusters, `${path}.weights[${index}].clusters`),
  }));
  const room = capacity === undefined ? undefined : compileRoom(capacity, `${path}.capacity`);
  const problems = [...compiled.flatMap(({ selects }) => selects.problems ?? []), ...(room?.problems ?? [])];
  if (problems.length > 0) return { problems };
  const rules = compiled.map(({ weight, selects }) => ({
    weight,
    matches: (cluster: ClusterFacts) => selects.value?.(cluster) === undefined,
  }));
  return {
    value: {
      policy: {
        mode,
        ...(strategy !== undefined && { strategy }),
        ...(minPerCluster !== undefined && { minPerCluster }),
        ...(maxPerCluster !== undefined && { maxPerCluster }),
      },
      ...(weights !== undefined && { weightOf: (cluster: ClusterFacts) => largestWeight(rules, cluster) ?? 0 }),
      ...(room?.value !== undefined && { roomOf: room.value }),
    },
  };
}

/**
 * Returns the replicas of each component on each chosen cluster: `totals` everywhere, or divided so that their sum is
 * `totals`. What one component takes of the room is gone for the next, in the order of their names.
 */
export function divideComponents(
  totals: Replicas,
  chosen: readonly Candidate[],
  present: readonly Present[],
  { policy, weightOf, roomOf }: ReplicaRules,
  isFresh: boolean,
): DividedComponents {
  const held = new Map(present.filter(({ leaving }) => !leaving).map(({ cluster, replicas }) => [cluster, replicas]));
  const room = new Map(chosen.map(({ facts }) => [facts.name, roomOf?.(facts)]));
  const byCluster = new Map<string, { [component: string]: number }>(chosen.map(({ facts }) => [facts.name, {}]));
  const complaints: string[] = [];
  for (const [component, total] of Object.entries(totals).sort(([a], [b]) => (a < b ? -1 : 1))) {
    const targets = chosen.map(({ facts }) => {
      const [here, left] = [held.get(facts.name)?.[component], room.get(facts.name)];
      return {
        cluster: facts.name,
        ...(weightOf !== undefined && { weight: weightOf(facts) }),
        ...(left !== undefined && { room: left }),
        ...(here !== undefined && { held: here }),
      };
    });
    const { replicas, unplaced, shortOfMin } = divideReplicas(total, targets, { ...policy, fresh: isFresh });
    for (const { cluster, held: here = 0 } of targets) {
      const count = replicas.get(cluster) ?? 0;
      const left = room.get(cluster);
      if (left !== undefined) room.set(cluster, Math.max(0, left - Math.max(0, count - here)));
      Object.assign(byCluster.get(cluster) ?? {}, { [component]: count });
    }
    if (unplaced > 0 && chosen.length > 0)
      complaints.push(`${component}: ${unplaced} of ${total} replicas find no room`);
    if (shortOfMin.length > 0)
      complaints.push(`${component}: fewer than ${policy.minPerCluster} replicas on ${shortOfMin.join(', ')}`);
  }
  return { byCluster, complaints };
}
