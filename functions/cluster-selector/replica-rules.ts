import type { ClusterFacts } from '../clusters/cluster-facts.ts';
import { compileClusterSelection } from '../clusters/cluster-selection.ts';
import type { ReplicaDivision } from '../generated/types.ts';
import type { Checked } from '../kube/problem.ts';
import type { DivisionPolicy } from './replicas/division.ts';
import { largestWeight } from './replicas/largest-weight.ts';
import { compileRoom, type RoomRule } from './room/room-rule.ts';

/** How the replicas of a composite are divided, ready to be asked. */
export interface ReplicaRules {
  readonly policy: DivisionPolicy;
  /** Absent when all clusters weigh the same. */
  readonly weightOf?: (cluster: ClusterFacts) => number;
  readonly room?: RoomRule;
}

/** Returns the rules by which replicas are divided, or all that is wrong with them. Nothing said means the same everywhere; with overflow the groups of clusters are filled in order. */
export function compileReplicaRules(
  division: ReplicaDivision | undefined,
  path: string,
  overflow: boolean,
): Checked<ReplicaRules> {
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
        overflow,
      },
      ...(weights !== undefined && { weightOf: (cluster: ClusterFacts) => largestWeight(rules, cluster) ?? 0 }),
      ...(room?.value !== undefined && { room: room.value }),
    },
  };
}
