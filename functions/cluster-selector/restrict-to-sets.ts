import type { KubeObject } from '../kube/object.ts';
import type { Checked } from '../kube/problem.ts';
import { type ClusterInventory, type RunsOn, readInventory } from './read-inventory.ts';

/**
 * Returns the inventory with only the named ClusterSets as candidates, or a problem for a name that none has. The other
 * sets stay readable, so that a cluster placed before in one of them leaves, unless it is paused.
 */
export function restrictToSets(
  clusterSets: readonly KubeObject[],
  names: readonly string[] | undefined,
  runsOn: RunsOn,
): Checked<ClusterInventory> {
  if (names === undefined) return { value: readInventory(clusterSets, runsOn) };
  const inventory = readInventory(
    clusterSets,
    runsOn,
    (candidate) => names.includes(candidate.clusterSet.name) || (candidate.paused !== undefined && runsOn(candidate)),
  );
  const known = inventory.readable.map(({ name }) => name);
  if (names.length === 0) {
    const hint = `leave it out for all of them, or name one of ${known.join(', ') || 'those that have members, once there are any'}`;
    return { problems: [{ path: 'spec.placement.clusterSets', message: 'names no ClusterSet', hint }] };
  }
  const unknown = names.flatMap((name, index) => (known.includes(name) ? [] : [{ name, index }]));
  if (unknown.length > 0) {
    return {
      problems: unknown.map(({ name, index }) => ({
        path: `spec.placement.clusterSets[${index}]`,
        message: `must be one of ${known.join(', ') || 'the ClusterSets of the Tier, none of which has members yet'} (got "${name}")`,
      })),
    };
  }
  return {
    value: {
      ...inventory,
      readable: inventory.readable.map((set) =>
        names.includes(set.name) ? set : { namespace: set.namespace, name: set.name },
      ),
    },
  };
}
