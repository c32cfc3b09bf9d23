import { type Call, seenClusters } from './call.ts';
import { judged } from './judged-call.ts';
import {
  countedOf,
  explainDrawn,
  explainUnproven,
  hasFailedWith,
  hasTarget,
  isOnItsWay,
  runs,
  wavesOf,
} from './judged-waves.ts';

/** Returns what is wrong with a call, if anything. */
export type Check = (call: Call) => string | undefined;

/** What must hold of every call, fresh or not, by name. */
export const checks = {
  'no more clusters on their way than allowed': (call) => {
    const { policy, target, seen, set, isBack, stable } = judged(call);
    for (const { wave, members } of wavesOf(call, policy)) {
      const changed = set.filter(({ cluster }) => members.includes(cluster) && seen.has(cluster));
      const risked = isBack ? changed.filter(({ cluster }) => seen.get(cluster)?.isHealthy === true) : changed;
      if (risked.length === 0) continue;
      const ahead = isBack ? members.filter((name) => hasTarget(seen.get(name), target)) : members;
      const moving = ahead.filter((name) => isOnItsWay(name, seen.get(name), call, target, wave, stable));
      const limit = wave.maxConcurrent(members.length);
      const all = new Set([...moving, ...risked.map(({ cluster }) => cluster)]);
      if (all.size > limit) return `${[...all]} are on their way in ${wave.name}, at most ${limit} may`;
    }
    return undefined;
  },

  'no wave before the one ahead of it is proven': (call) => {
    const { policy, target, seen, set, isBack, isOver, stable } = judged(call);
    if (isBack || isOver) return undefined;
    if (policy.scope === 'Drawn') return explainDrawn(call, policy);
    const { memory } = call.before;
    const begun = new Set(memory.target === target ? memory.begun : []);
    const waves = wavesOf(call, policy);
    let ahead: string | undefined;
    for (const [place, each] of waves.entries()) {
      const isOpen = waves.slice(place).some(({ ever }) => ever.some((name) => begun.has(name)));
      if (isOpen) ahead = undefined;
      const moved = set.find(
        ({ cluster, revision }) =>
          revision === target &&
          each.members.includes(cluster) &&
          (seen.has(cluster) || stable === undefined) &&
          !runs(cluster, call),
      );
      if (!isOpen && moved !== undefined && ahead !== undefined) return `${moved.cluster} begins although ${ahead}`;
      ahead ??= explainUnproven(each, call);
    }
    return undefined;
  },

  'one cluster at a time while nothing that could have failed has proven the target': (call) => {
    const { policy, target, seen, set, isBack, isOver } = judged(call);
    const { scenario, before } = call;
    if (scenario.replicas === undefined || isBack || isOver || policy.scope === 'Drawn') return undefined;
    const hasReplicas = (name: string) => (scenario.replicas?.[name] ?? 0) > 0;
    const isProven = [...seen.values()].some(
      ({ cluster, isHealthy, revision }) => isHealthy && revision === target && hasReplicas(cluster),
    );
    const [, ...later] = wavesOf(call, policy);
    const members = later.flatMap((wave) => wave.members);
    const fresh = set.filter(({ cluster, revision }) => members.includes(cluster) && revision === target);
    const moving = members.filter((name) => {
      const was = seen.get(name);
      return hasTarget(was, target) && was?.isHealthy === false && !before.away.includes(name);
    });
    const all = new Set([...moving, ...fresh.map(({ cluster }) => cluster)]);
    return isProven || fresh.length === 0 || all.size <= 1
      ? undefined
      : `${[...all]} are on their way, nothing is proven`;
  },

  'nothing new goes out after too many have failed': (call) => {
    const { policy, seen, set, isBack, isOver } = judged(call);
    const changed = set.find(({ cluster }) => seen.has(cluster) && seen.get(cluster)?.isOvertaken === false);
    if (isBack || changed === undefined || isOver) return undefined;
    for (const { wave, members } of wavesOf(call, policy)) {
      const failed = countedOf(members, call).filter((name) => hasFailedWith(name, wave, call));
      if (failed.length > wave.maxFailures) return `${changed.cluster} changes, but ${failed} failed`;
    }
    return undefined;
  },

  'no more clusters leave than may, and never the last healthy one': (call) => {
    const { policy, seen } = judged(call);
    const next = seenClusters(call.after.slices);
    const leaving = [...seen.values()].filter(({ cluster, isLeaving }) => !isLeaving && next.get(cluster)?.isLeaving);
    const limit = policy.maxRemovals(seen.size);
    const all = call.after.slices.flatMap(({ assignments }) =>
      assignments.filter(({ state }) => state === 'Leaving'),
    ).length;
    const isApproved = call.before.approvals.some(({ removals }) => removals !== undefined);
    if (leaving.length > 0 && all > limit && !isApproved) return `${all} leave, at most ${limit} may`;
    const healthy = [...seen.values()].filter(({ isHealthy }) => isHealthy);
    const staying = healthy.filter(({ cluster }) => next.get(cluster)?.isLeaving === false);
    if (leaving.some(({ isHealthy }) => isHealthy) && staying.length === 0) return 'the last healthy cluster leaves';
    const gone = [...seen.values()].filter(({ cluster, isLeaving }) => !isLeaving && !next.has(cluster));
    return gone.length > 0 && !call.isOutdated ? `${gone[0]?.cluster} is dropped without having left` : undefined;
  },

  'nothing changes while the cord is pulled': (call) => {
    const { set } = judged(call);
    const { moves } = call.plan;
    if (!call.before.isCordPulled) return undefined;
    const changed = [...moves.set.map(({ cluster }) => cluster), ...moves.leave, ...set.map(({ cluster }) => cluster)];
    return changed.length > 0 ? `${changed} change although the cord is pulled` : undefined;
  },

  'what was rejected is not tried again': (call) => {
    const { set, stable } = judged(call);
    const rejected = new Set(call.isOutdated ? [] : call.before.rejected);
    const again = set.find(({ revision }) => revision !== stable && rejected.has(revision));
    return again === undefined ? undefined : `${again.cluster} gets a rejected revision`;
  },
} as const satisfies { readonly [name: string]: Check };
