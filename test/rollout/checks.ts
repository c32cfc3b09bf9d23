import { isRejected } from '../../functions/fan-out/record/record-moves.ts';
import { type Call, recordIn, seenClusters } from './call.ts';
import { judged } from './judged-call.ts';
import {
  countedOf,
  explainDrawn,
  explainUnproven,
  hasFailedWith,
  hasTarget,
  isDrawn,
  isOnItsWay,
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
    const { policy, target, seen, set, isBack, stable } = judged(call);
    if (isBack || call.plan.record?.endedAt !== undefined) return undefined;
    const opened = new Set(call.plan.record?.waves.map(({ name }) => name));
    const before = recordIn(call.read);
    const known = before?.revision === target ? new Set(before.waves.map(({ name }) => name)) : new Set<string>();
    if (isDrawn(policy.waves)) return explainDrawn(call, policy.waves, opened, known, target);
    let ahead: string | undefined;
    for (const { wave, members } of wavesOf(call, policy)) {
      const isNew = opened.has(wave.name) && !known.has(wave.name);
      if (isNew && ahead !== undefined) return `${wave.name} is opened although ${ahead}`;
      const moved = set.filter(
        ({ cluster }) => members.includes(cluster) && (seen.has(cluster) || stable === undefined),
      );
      if (moved.length > 0 && !opened.has(wave.name)) return `${moved[0]?.cluster} moves, but ${wave.name} is not open`;
      ahead ??= explainUnproven(members, wave, call, target);
    }
    return undefined;
  },

  'nothing new goes out after too many have failed': (call) => {
    const { policy, target, seen, set, isBack } = judged(call);
    const changed = set.find(({ cluster }) => seen.has(cluster) && seen.get(cluster)?.isOvertaken === false);
    if (isBack || changed === undefined || recordIn(call.read)?.endedAt !== undefined) return undefined;
    for (const { wave, members } of wavesOf(call, policy)) {
      const counted = countedOf(members, call, target);
      const failed = counted.filter((name) => hasFailedWith(seen.get(name), target, wave, call));
      if (failed.length > wave.maxFailures(counted.length)) return `${changed.cluster} changes, but ${failed} failed`;
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
    const { set } = judged(call);
    const before = recordIn(call.read);
    const attempt = call.scenario.rollout.attempt ?? 1;
    const rejected = new Set(call.isOutdated ? [] : call.before.rejected);
    const kept = new Set(call.plan.record?.rejected.map(({ revision }) => revision));
    const forgotten = [...rejected].find((revision) => !kept.has(revision));
    if (forgotten !== undefined) return `it is forgotten that ${forgotten} was rejected`;
    const again = set.find(
      ({ revision }) =>
        revision !== before?.stable &&
        (rejected.has(revision) || (before !== undefined && isRejected(before, revision, attempt))),
    );
    return again === undefined ? undefined : `${again.cluster} gets a rejected revision`;
  },
} as const satisfies { readonly [name: string]: Check };
