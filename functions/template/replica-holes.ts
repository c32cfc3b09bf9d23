/** What a hole takes of a component's replicas when it takes nothing else: their number, 0 where there are none and nothing elsewhere, or the cluster's share of a number. */
export type ReplicaHole = { readonly component: string } & (
  | { readonly takes: 'Count' | 'Zero' }
  | { readonly takes: 'Share'; readonly of: string }
);

/** `replicas["web"]` or `replicas.web`. */
const count = /^\s*replicas\s*(?:\.\s*([A-Za-z_]\w*)|\[\s*(?:"([^"\\]*)"|'([^'\\]*)')\s*\])\s*$/;
const zero = /^replicas\["([^"\\]*)"\] == 0 \? 0 : null$/;
const share = /^\s*share\s*\[\s*"([^"\\]*)"\s*\]\s*\[\s*"([^"\\]*)"\s*\]\s*$/;

/** Returns what a hole takes of a component's replicas, when it takes nothing else. */
export function replicaHole(expression: string): ReplicaHole | undefined {
  if (!expression.includes('replicas') && !expression.includes('share')) return undefined;
  const [, ...names] = count.exec(expression) ?? [];
  const counted = names.find((name) => name !== undefined);
  if (counted !== undefined) return { component: counted, takes: 'Count' };
  const none = zero.exec(expression)?.[1];
  if (none !== undefined) return { component: none, takes: 'Zero' };
  const [, shared, of] = share.exec(expression) ?? [];
  return shared === undefined || of === undefined ? undefined : { component: shared, takes: 'Share', of };
}

/** Returns the hole that holds the replicas of a component in a cluster. */
export function countHole(component: string): string {
  return `\${replicas["${component}"]}`;
}

/** Returns the hole that is 0 in a cluster without replicas of a component, and takes its field away elsewhere. */
export function zeroHole(component: string): string {
  return `\${replicas["${component}"] == 0 ? 0 : null}`;
}

/** How a number is shared: the least that every cluster gets, or one less than it has replicas at most. */
export type ShareLimit = 'AtLeastOne' | 'ButOne';

const limits: { readonly [limit in ShareLimit]: string } = { AtLeastOne: ' at least 1', ButOne: ' but 1' };

/** Returns the hole that holds a cluster's share of a number, in proportion to its replicas of a component. */
export function shareHole(component: string, total: number, limit: ShareLimit): string {
  return `\${share["${component}"]["${total}${limits[limit]}"]}`;
}

/** What is shared, and how. */
export type Shared = { readonly total: number; readonly limit?: ShareLimit };

/** Returns what the key of a share means; nothing where it means nothing. */
export function readShare(of: string): Shared | undefined {
  const [, total, limit] = /^(\d{1,9})( at least 1| but 1)?$/.exec(of) ?? [];
  if (total === undefined) return undefined;
  if (limit === undefined) return { total: Number(total) };
  return { total: Number(total), limit: limit === limits.ButOne ? 'ButOne' : 'AtLeastOne' };
}
