import type { RolloutPolicy } from '../../functions/fan-out/policy/rollout-policy.ts';
import type { WavePolicy } from '../../functions/fan-out/policy/wave-policy.ts';
import { matchesLabelSelector } from '../../functions/kube/label-selector.ts';
import { type Call, type Seen, seenClusters } from './call.ts';
import { judged } from './judged-call.ts';

/** Returns the waves with the clusters that their selectors take; where one draws a number of clusters, all count as one wave. */
export function wavesOf({ before, plan, scenario }: Call, { waves }: RolloutPolicy) {
  const clusters = scenario.clusters.filter(({ name }) => before.chosen.includes(name));
  const last = waves.at(-1);
  if (isDrawn(waves) && last !== undefined) {
    const opened = new Set(plan.record?.waves.map(({ name }) => name));
    const open = waves.filter(({ name }, place) => place === 0 || opened.has(name));
    const maxConcurrent = (total: number) =>
      open.reduce((sum, wave) => sum + wave.maxConcurrent(wave.count ?? total), 0);
    return [{ wave: { ...last, maxConcurrent }, members: clusters.map(({ name }) => name) }];
  }
  const left = new Map(clusters.map((each) => [each.name, each]));
  return waves.map((wave) => {
    const members = [...left.values()]
      .filter(({ labels }) => wave.clusterSelector === undefined || matchesLabelSelector(wave.clusterSelector, labels))
      .map(({ name }) => name);
    for (const name of members) left.delete(name);
    return { wave, members };
  });
}

/** Tells whether a wave draws its clusters by number. */
export function isDrawn(waves: RolloutPolicy['waves']): boolean {
  return waves.some(({ count, percent }) => count !== undefined || percent !== undefined);
}

/** Tells whether a cluster has the target without having been seen healthy with it, and is neither given up nor new. */
export function isOnItsWay(
  name: string,
  was: Seen | undefined,
  call: Call,
  target: string,
  { deadlineMs }: WavePolicy,
  stable: string | undefined,
): boolean {
  const { after, before } = call;
  const entry = after.slices.flatMap(({ assignments }) => assignments).find(({ cluster }) => cluster === name);
  if (entry?.revision !== target || entry.state === 'Leaving') return false;
  if (entry.sequence === 1 && stable !== undefined) return false;
  if (was?.isOvertaken === true && entry.sequence === was.sequence) return false;
  if (was === undefined || !hasTarget(was, target)) return true;
  if (was.isHealthy || hasFailed(was, deadlineMs, before.now)) return false;
  return !was.isUnreachable || call.scenario.rollout.unreachable === 'Wait';
}

/** Tells whether a cluster has been seen with an entry to the target that is followed. */
export function hasTarget(seen: Seen | undefined, target: string): boolean {
  return seen?.revision === target && !seen.isOvertaken;
}

function hasFailed({ isHealthy, since }: Seen, deadlineMs: number, now: number): boolean {
  return !isHealthy && since !== undefined && since + deadlineMs <= now;
}

/** Returns why a wave is not proven, if so: a cluster is neither healthy for its soak, nor failed within the budget, nor skipped. */
export function explainUnproven(
  members: readonly string[],
  wave: WavePolicy,
  call: Call,
  target: string,
): string | undefined {
  const { seen } = judged(call);
  const { now } = call.before;
  const counted = countedOf(members, call, target);
  const failed = counted.filter((name) => hasFailedWith(seen.get(name), target, wave, call));
  if (failed.length > wave.maxFailures(counted.length)) return `${failed} of ${wave.name} have failed`;
  const unproven = counted.find((name) => {
    const cluster = seen.get(name);
    if (cluster === undefined || failed.includes(name)) return cluster === undefined;
    if (isSkipping(call) && cluster.isUnreachable) return false;
    return cluster.revision !== target || !cluster.isHealthy || (cluster.since ?? now) + wave.soakMs > now;
  });
  return unproven === undefined ? undefined : `${unproven} of ${wave.name} is not proven`;
}

/** Returns the clusters that a wave is judged by: not those that leave, nor those that have just joined what others run. */
export function countedOf(members: readonly string[], call: Call, target: string): readonly string[] {
  const { seen, stable } = judged(call);
  return members.filter((name) => {
    const cluster = seen.get(name);
    const isNew = cluster === undefined || (cluster.sequence === 1 && cluster.revision === target);
    return !(stable !== undefined && isNew) && cluster?.isLeaving !== true;
  });
}

/** Tells whether a cluster has had the target for longer than its deadline without getting healthy. */
export function hasFailedWith(seen: Seen | undefined, target: string, { deadlineMs }: WavePolicy, call: Call): boolean {
  if (seen === undefined || (seen.isUnreachable && isSkipping(call))) return false;
  return hasTarget(seen, target) && hasFailed(seen, deadlineMs, call.before.now);
}

function isSkipping({ scenario }: Call): boolean {
  return (scenario.rollout.unreachable ?? 'Skip') === 'Skip';
}

/** Returns why a wave was opened too early after drawn ones: which clusters they hold is the gate's affair, that as many are proven is not. */
export function explainDrawn(
  { read, before, plan }: Call,
  waves: RolloutPolicy['waves'],
  opened: ReadonlySet<string>,
  known: ReadonlySet<string>,
  target: string,
): string | undefined {
  const place = waves.findIndex(({ name }, index) => index > 0 && opened.has(name) && !known.has(name));
  const ahead = waves.slice(0, Math.max(0, place));
  const proven = [...seenClusters(read).values()].filter(
    ({ revision, isHealthy, since = before.now }) =>
      revision === target && isHealthy && ahead.every(({ soakMs }) => since + soakMs <= before.now),
  );
  if (target === plan.record?.stable) return undefined;
  const least = ahead.reduce((sum, { count = 0 }) => sum + count, 0);
  return proven.length < least ? `${waves[place]?.name} is opened with ${proven.length} proven clusters` : undefined;
}
