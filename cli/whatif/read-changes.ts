import type { Checked } from '../../functions/kube/problem.ts';
import { type Changes, type ClusterChange, drainTaint } from './changes.ts';
import { type ChangedPart, readCapacity, readLabel, readTaint } from './read-change.ts';
import { readProfiles } from './read-profiles.ts';

/** The flags that say what would change; each may be given several times. */
export const changeOptions = {
  drain: { type: 'string', multiple: true, default: [] as string[] },
  unhealthy: { type: 'string', multiple: true, default: [] as string[] },
  remove: { type: 'string', multiple: true, default: [] as string[] },
  taint: { type: 'string', multiple: true, default: [] as string[] },
  capacity: { type: 'string', multiple: true, default: [] as string[] },
  label: { type: 'string', multiple: true, default: [] as string[] },
  add: { type: 'string', multiple: true, default: [] as string[] },
} as const;

type ChangeFlags = { readonly [flag in keyof typeof changeOptions]: readonly string[] };

/** Returns the changes that the flags stand for, or all that is wrong with them; whether the clusters exist is not looked at here. */
export function readChanges(flags: ChangeFlags): Checked<Changes> {
  const parts: readonly Checked<ChangedPart>[] = [
    ...flags.drain.map((cluster) => ({ value: { cluster, flag: '--drain', taints: [drainTaint] } })),
    ...flags.unhealthy.map((cluster) => ({ value: { cluster, flag: '--unhealthy', isUnhealthy: true } })),
    ...flags.remove.map((cluster) => ({ value: { cluster, flag: '--remove', isRemoved: true } })),
    ...flags.taint.map(readTaint),
    ...flags.capacity.map(readCapacity),
    ...flags.label.map(readLabel),
  ];
  const added = flags.add.map(readProfiles);
  const problems = [...parts, ...added].flatMap((each) => each.problems ?? []);
  if (problems.length > 0) return { problems };
  if (parts.length + added.length === 0) {
    const hint = 'give at least one of --drain, --unhealthy, --remove, --taint, --capacity, --label and --add';
    return { problems: [{ path: '', message: 'whatif needs to know what would change', hint }] };
  }
  const byCluster = Map.groupBy(
    parts.flatMap(({ value }) => value ?? []),
    ({ cluster }) => cluster,
  );
  return {
    value: {
      clusters: [...byCluster].map(([cluster, own]) => joinParts(cluster, own)),
      added: added.flatMap(({ value = [] }) => value),
    },
  };
}

function joinParts(cluster: string, parts: readonly ChangedPart[]): ClusterChange {
  return {
    cluster,
    flag: parts[0]?.flag ?? '',
    taints: parts.flatMap(({ taints = [] }) => taints),
    labels: Object.assign({}, ...parts.map(({ labels }) => labels)),
    properties: Object.assign({}, ...parts.map(({ properties }) => properties)),
    isUnhealthy: parts.some(({ isUnhealthy = false }) => isUnhealthy),
    isRemoved: parts.some(({ isRemoved = false }) => isRemoved),
  };
}
