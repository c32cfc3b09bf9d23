import { begunAt, hadItBefore, hasFailed, healthySince, isUnwanted, standingAt } from './cluster-health.ts';
import { sayMs } from './duration.ts';
import { isHomeless } from './homeless.ts';
import { isExcused } from './reach.ts';
import type { Rollout } from './rollout.ts';
import { shareOf } from './share.ts';
import type { Timeline } from './timeline.ts';
import { membersOf, type Turn } from './turn.ts';
import { certainClusters, fitsWave, sizeOf, takesAll } from './wave-fit.ts';

/** Times in a status are whole seconds. */
const roundingMs = 1000;

/**
 * Returns why a wave was not done when a cluster of a later one began: one of its clusters had not begun, or had not been
 * healthy for the soak, and neither had it failed within what may fail nor could it be left out.
 */
export function whyUnfinished(turn: Turn): string | undefined {
  return whyMembersAreNot(turn) ?? whyIncomplete(turn);
}

function whyMembersAreNot({ timeline, rollout, begin, wave, course }: Turn): string | undefined {
  const members = membersOf(course, rollout, wave.name);
  const mayFail = shareOf(wave.maxFailures, Math.max(members.length, sizeOf(timeline, rollout, wave).least), 0);
  let failed = 0;
  for (const { cluster } of members) {
    const { lagMs } = timeline;
    const moments = [begin.at - lagMs, ...changesBefore(rollout, cluster, begin.at, lagMs), begin.at];
    if (moments.some((moment) => isProven(rollout, cluster, wave.soakMs, moment))) continue;
    if (isExcused(timeline, cluster, begin.at - lagMs, begin.at) || isUnwanted(rollout, cluster, begin.at)) continue;
    if (hasFailed(rollout, cluster, wave.deadlineMs, begin.at + lagMs) && ++failed <= mayFail) continue;
    const since = healthySince(rollout, cluster, begin.at);
    return since === undefined
      ? `${cluster} of wave ${wave.name} was not healthy with it`
      : `${cluster} of wave ${wave.name} had been healthy with it for ${sayMs(begin.at - since)} of ${sayMs(wave.soakMs)}`;
  }
  return undefined;
}

/** The last moments before a cluster changed within a lag: what was decided then may show only now, beside the change. */
function changesBefore({ line }: Rollout, cluster: string, moment: number, lagMs: number): readonly number[] {
  const times = (line.standing.get(cluster) ?? []).map((step) => step.at);
  return times.filter((time) => time <= moment && time > moment - lagMs).map((time) => time - 1);
}

function isProven(rollout: Rollout, cluster: string, soakMs: number, moment: number): boolean {
  const since = healthySince(rollout, cluster, moment);
  return since !== undefined && moment - since >= soakMs - roundingMs;
}

/** A wave that draws a number of clusters is complete when it has so many, counting those for which there was nothing to do; one by labels when none that has them is left. */
function whyIncomplete({ timeline, rollout, begin, wave, course }: Turn): string | undefined {
  const pending = pendingClusters(timeline, rollout, begin.at);
  if (takesAll(wave)) return `wave ${wave.name} takes all that are left`;
  if (wave.clusterSelector !== undefined) {
    const span = [rollout.at, begin.at] as const;
    const left = pending.find((cluster) => fitsWave(timeline, wave, cluster, span, 'Always'));
    return left === undefined ? undefined : `${left} of wave ${wave.name} had not begun`;
  }
  const members = membersOf(course, rollout, wave.name).length;
  const { least } = sizeOf(timeline, rollout, wave);
  const idle = idleClusters(timeline, rollout, begin.at);
  return members + idle >= least
    ? undefined
    : `only ${members} of the ${least} clusters of wave ${wave.name} had begun`;
}

/** Clusters that had to begin and had not, but for those that could not or have joined meanwhile. */
function pendingClusters(timeline: Timeline, rollout: Rollout, moment: number): readonly string[] {
  return certainClusters(rollout).filter((cluster) => {
    const begun = rollout.begins.find((each) => each.cluster === cluster)?.at;
    if (begun !== undefined ? begun < moment : rollout.joins.some((join) => join.cluster === cluster)) return false;
    const isIdle = begun === undefined && hadItBefore(rollout, cluster, moment);
    const stood = standingAt(rollout, cluster, rollout.at).content !== '';
    const isHere = rollout.isFirst ? begun !== undefined : stood && standingAt(rollout, cluster, moment).content !== '';
    if (isHomeless(timeline, rollout, cluster, moment - timeline.lagMs, moment)) return false;
    return (
      isHere &&
      !isIdle &&
      !isUnwanted(rollout, cluster, moment) &&
      !isExcused(timeline, cluster, moment - timeline.lagMs, moment)
    );
  });
}

/** How many clusters a wave may have drawn that have nothing to do or cannot do it. */
function idleClusters(timeline: Timeline, rollout: Rollout, moment: number): number {
  const known = new Set([...certainClusters(rollout), ...timeline.clusters.keys()]);
  return [...known].filter((cluster) => {
    const begun = begunAt(rollout, cluster);
    const isOut = isExcused(timeline, cluster, moment - timeline.lagMs, moment);
    if (begun !== undefined && begun < moment) return rollout.joins.some((join) => join.cluster === cluster);
    return hadItBefore(rollout, cluster, moment) || isOut;
  }).length;
}
