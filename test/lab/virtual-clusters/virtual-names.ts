/** The label on everything written through a virtual cluster; its value is the cluster's name. */
export const clusterLabel = 'lab.crossply.dev/virtual-cluster';

const separator = '--';
const longestCluster = 30;
const longestNamespace = 63;

/** Returns what is wrong with the name of a virtual cluster, if anything: without `--` in it, the last `--` of a real name is always where the cluster begins. */
export function clusterNameMistake(cluster: string): string | undefined {
  const fits = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/.test(cluster) && cluster.length <= longestCluster;
  return fits && !cluster.includes(separator)
    ? undefined
    : `"${cluster}" cannot be a virtual cluster: use at most ${longestCluster} of a-z, 0-9 and single dashes, and begin and end with none`;
}

/** Returns what is wrong with the name of a namespace, if anything: with its cluster's name it must still be a DNS label. */
export function namespaceMistake(cluster: string, namespace: string): string | undefined {
  const room = longestNamespace - separator.length - cluster.length;
  return namespace.length <= room
    ? undefined
    : `namespace "${namespace}" has ${namespace.length} characters, but virtual cluster ${cluster} has room for ${room}: shorten the namespace or the cluster's name`;
}

/** Returns the name in the member of a virtual cluster's namespace or cluster-scoped object, `<name>--<cluster>`. */
export function realName(cluster: string, name: string): string {
  return `${name}${separator}${cluster}`;
}

/** Returns the name in the virtual cluster of a real name, or `undefined` when that belongs to another cluster or to none. */
export function virtualName(cluster: string, real: string): string | undefined {
  const suffix = `${separator}${cluster}`;
  return real.endsWith(suffix) && real.length > suffix.length ? real.slice(0, -suffix.length) : undefined;
}

/** Returns a message of the API server with the quoted real names in it replaced by the virtual ones. */
export function virtualMessage(cluster: string, message: string): string {
  return message.replaceAll(`${separator}${cluster}"`, '"');
}
