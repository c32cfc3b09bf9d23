import type { ClusterFacts } from '../../clusters/cluster-facts.ts';
import { quantityProperty } from '../../clusters/quantity-property.ts';
import type { ReplicaDivision } from '../../generated/types.ts';
import type { Checked } from '../../kube/problem.ts';
import { parseQuantity } from '../../kube/quantity.ts';

/** How room is told from a property that holds what is free. */
export interface RoomRule {
  readonly property: string;
  /** What one replica takes, as it was written. */
  readonly perReplica: string;
  /** What one replica takes, in units of 10^-9; more than 0. */
  readonly each: bigint;
  /** Returns what a cluster reports as free, in units of 10^-9 and never less than 0; nothing when it does not say. */
  readonly freeOn: (cluster: ClusterFacts) => bigint | undefined;
}

/** Returns how room is told from a property that holds what is free, or what is wrong with the rule. */
export function compileRoom(
  { property, perReplica }: NonNullable<ReplicaDivision['capacity']>,
  path: string,
): Checked<RoomRule> {
  const each = parseQuantity(perReplica);
  if (each.problems !== undefined)
    return { problems: each.problems.map((problem) => ({ ...problem, path: `${path}.perReplica` })) };
  const { nano } = each.value;
  if (nano <= 0n)
    return { problems: [{ path: `${path}.perReplica`, message: `must be more than 0 (got "${perReplica}")` }] };
  const named = quantityProperty(property, { properties: {} });
  if (named.problems !== undefined)
    return { problems: named.problems.map((problem) => ({ ...problem, path: `${path}.property` })) };
  return {
    value: {
      property,
      perReplica,
      each: nano,
      freeOn(cluster) {
        const free = quantityProperty(property, cluster).value?.quantity;
        if (free === undefined) return undefined;
        return free.nano <= 0n ? 0n : free.nano;
      },
    },
  };
}
