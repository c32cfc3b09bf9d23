import type { Call, Seen } from './call.ts';
import { judged } from './judged-call.ts';
import type { OraclePolicy, OracleWave } from './oracle-policy.ts';

/** A wave and the clusters that are known to be in it. */
export type Members = {
  readonly wave: OracleWave;
  readonly members: readonly string[];
  /** Those as well that are not chosen now. */
  readonly ever: readonly string[];
};

/**
 * Returns the waves with the clusters that their labels take. Where waves draw clusters, who is in which is the gate's affair:
 * all clusters then count as one wave, with as many on their way as the waves allow that have begun.
 */
export function wavesOf(call: Call, { waves, scope }: OraclePolicy): readonly Members[] {
  const { before, scenario } = call;
  const clusters = scenario.clusters.filter(({ name }) => before.chosen.includes(name));
  const last = waves.at(-1);
  if (scope === 'Drawn' && last !== undefined) {
    const { target, set } = judged(call);
    const begun = before.memory.target === target ? before.memory.begun.length : 0;
    const latest = waveAt(waves, begun + set.length);
    const open = waves.slice(0, latest + 1);
    const maxConcurrent = (total: number) =>
      open.reduce((sum, wave) => sum + wave.maxConcurrent(wave.count ?? total), 0);
    const members = clusters.map(({ name }) => name);
    return [{ wave: { ...last, maxConcurrent }, members, ever: members }];
  }
  const left = new Map(scenario.clusters.map((each) => [each.name, each]));
  return waves.map((wave) => {
    const wanted = Object.entries(wave.labels ?? {});
    const ever = [...left.values()]
      .filter(({ labels }) => wanted.every(([key, value]) => labels[key] === value))
      .map(({ name }) => name);
    for (const name of ever) left.delete(name);
    return { wave, ever, members: ever.filter((name) => before.chosen.includes(name)) };
  });
}

/** Returns the place of the wave that the n-th cluster to begin belongs to, where waves draw clusters. */
function waveAt(waves: readonly OracleWave[], nth: number): number {
  let sum = 0;
  for (const [place, { count }] of waves.entries()) {
    sum += count ?? Number.POSITIVE_INFINITY;
    if (nth <= sum) return place;
  }
  return waves.length - 1;
}

/** Tells whether a cluster has the target without having been seen healthy with it, and is neither given up nor new. */
export function isOnItsWay(
  name: string,
  was: Seen | undefined,
  call: Call,
  target: string,
  { deadlineMs }: OracleWave,
  stable: string | undefined,
): boolean {
  const { after, before } = call;
  const entry = after.slices.flatMap(({ assignments }) => assignments).find(({ cluster }) => cluster === name);
  if (entry?.revision !== target || entry.state === 'Leaving') return false;
  if (entry.sequence === 1 && stable !== undefined) return false;
  if (was?.isOvertaken === true && entry.sequence === was.sequence) return false;
  if (was === undefined || !hasTarget(was, target)) return true;
  if (was.isHealthy || hasFailed(was, deadlineMs, before.now)) return false;
  return !(was.isUnreachable && isSkipping(call));
}

/** Tells whether a cluster has been seen with an entry to the target that is followed. */
export function hasTarget(seen: Seen | undefined, target: string): boolean {
  return seen?.revision === target && !seen.isOvertaken;
}

function hasFailed({ isHealthy, since }: Seen, deadlineMs: number, now: number): boolean {
  return !isHealthy && since !== undefined && since + deadlineMs <= now;
}

/** Returns why a wave is not proven, if so: a cluster is neither healthy for its soak, nor failed within the budget, nor skipped. */
export function explainUnproven({ members, wave }: Members, call: Call): string | undefined {
  const counted = countedOf(members, call);
  const failed = counted.filter((name) => hasFailedWith(name, wave, call));
  if (failed.length > wave.maxFailures) return `${failed} of ${wave.name} have failed`;
  const unproven = counted.find((name) => !failed.includes(name) && !isProven(name, wave.soakMs, call));
  return unproven === undefined ? undefined : `${unproven} of ${wave.name} is not proven`;
}

/** Tells whether a cluster has been healthy with the target for a time, or is not waited for. */
function isProven(name: string, soakMs: number, call: Call): boolean {
  const { seen, target } = judged(call);
  const { now } = call.before;
  const cluster = seen.get(name);
  if (cluster === undefined) return isRefused(name, call);
  if ((isSkipping(call) && cluster.isUnreachable) || isRefused(name, call)) return true;
  return cluster.revision === target && cluster.isHealthy && (cluster.since ?? now) + soakMs <= now;
}

/** A cluster for which the content is refused does not change, and nobody waits for it once another is healthy. */
function isRefused(name: string, { scenario }: Call): boolean {
  return scenario.refused?.includes(name) === true;
}

/** Returns the clusters that a wave is judged by: not those that leave, nor those that have just joined what others run. */
export function countedOf(members: readonly string[], call: Call): readonly string[] {
  const { seen, stable, target } = judged(call);
  return members.filter((name) => {
    const cluster = seen.get(name);
    const isNew = cluster === undefined || (cluster.sequence === 1 && cluster.revision === target);
    return !(stable !== undefined && isNew) && cluster?.isLeaving !== true;
  });
}

/** Tells whether a cluster has had the target for longer than its deadline without getting healthy. */
export function hasFailedWith(name: string, { deadlineMs }: OracleWave, call: Call): boolean {
  const { seen, target } = judged(call);
  const cluster = seen.get(name);
  if (cluster === undefined || (cluster.isUnreachable && isSkipping(call))) return false;
  return hasTarget(cluster, target) && hasFailed(cluster, deadlineMs, call.before.now);
}

function isSkipping({ scenario }: Call): boolean {
  return (scenario.rollout.unreachable ?? 'Skip') === 'Skip';
}

/** Tells whether a cluster runs the target already: to give it once more is a repair. */
export function runs(name: string, call: Call): boolean {
  const { target } = judged(call);
  return call.before.running.some(({ cluster, revision }) => cluster === name && revision === target);
}

/**
 * Returns why a cluster began too early where waves draw clusters. The n-th to begin belongs to a wave whose place follows from
 * the numbers; the first of a wave may begin only when the wave ahead of it has been healthy with the target for its soak, but
 * for as many clusters as cannot be reached or are refused. Clusters that ran the target before may have been drawn first.
 */
export function explainDrawn(call: Call, { waves }: OraclePolicy): string | undefined {
  const { target, set, seen } = judged(call);
  const { memory } = call.before;
  const begun = memory.target === target ? memory.begun : [];
  const fresh = set.filter(
    ({ cluster, revision }) => revision === target && !begun.includes(cluster) && !runs(cluster, call),
  );
  if (fresh.length === 0) return undefined;
  const ranBefore = [...seen.keys()].filter((name) => runs(name, call) && !begun.includes(name));
  const reasons = [begun, [...ranBefore, ...begun]].map((order) => explainOrder(order, fresh.length, waves, call));
  return reasons.includes(undefined) ? undefined : `${fresh[0]?.cluster} begins, but ${reasons[0]}`;
}

function explainOrder(order: readonly string[], more: number, waves: readonly OracleWave[], call: Call) {
  const place = waveAt(waves, order.length + more);
  const ahead = waves[place - 1];
  const first = waves.slice(0, place).reduce((sum, { count = 0 }) => sum + count, 0);
  if (ahead === undefined || order.length > first) return undefined;
  const { seen } = judged(call);
  const unable = [...seen.values()].filter((each) => each.isUnreachable || isRefused(each.cluster, call)).length;
  if (order.length < first - unable)
    return `only ${order.length} of ${first} began before those of ${waves[place]?.name}`;
  const least = Math.max(0, (ahead.count ?? 0) - unable);
  const proven = order.slice(-(ahead.count ?? 0)).filter((name) => isProven(name, ahead.soakMs, call)).length;
  return proven >= least ? undefined : `${proven} clusters of ${ahead.name} are proven`;
}
