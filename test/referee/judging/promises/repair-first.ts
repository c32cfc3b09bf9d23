import { isUnwanted, standingAt } from '../cluster-health.ts';
import { isExcused } from '../reach.ts';
import { heldSince } from '../steps.ts';
import { membersOf, type Turn } from '../turn.ts';
import { sizeOf } from '../wave-fit.ts';
import { byWaveRule } from './by-wave-rule.ts';

/** Finds healthy clusters that a wave by number drew before those that what ran before had broken. */
export const repairFirst = byWaveRule(
  'a wave by number begins with what is broken',
  (turn) => {
    const { timeline, rollout, begin, wave, course } = turn;
    if ((wave.count === undefined && wave.percent === undefined) || wave.orderBy !== undefined) return undefined;
    const members = membersOf(course, rollout, wave.name);
    const drawnAt = (members[0] ?? begin).at;
    if (isBroken(turn, begin.cluster, drawnAt)) return undefined;
    const taken = members.map(({ cluster }) => cluster);
    const waiting = [...rollout.line.standing.keys()].filter((cluster) => {
      const begun = rollout.begins.find((each) => each.cluster === cluster)?.at ?? Number.POSITIVE_INFINITY;
      return (
        cluster !== begin.cluster && !taken.includes(cluster) && begun >= begin.at && isBroken(turn, cluster, drawnAt)
      );
    });
    const places = sizeOf(timeline, rollout, wave).most - members.length - 1;
    if (waiting.length <= places || waiting.length === 0) return undefined;
    return `it was healthy, and wave ${wave.name} left out ${waiting.join(', ')}, broken by what ran before`;
  },
  { inTurnOnly: true },
);

/** Tells whether a cluster that was still wanted could be reached and had been unhealthy for a while with what stood there. */
function isBroken({ timeline, rollout }: Turn, cluster: string, moment: number): boolean {
  const known = moment - timeline.lagMs - 60_000;
  const steps = rollout.line.standing.get(cluster) ?? [];
  const since = heldSince(steps, moment - 1, ({ content, isHealthy }) => content !== '' && !isHealthy);
  return (
    since !== undefined &&
    since <= known &&
    !isExcused(timeline, cluster, known, moment) &&
    !isUnwanted(rollout, cluster, moment) &&
    standingAt(rollout, cluster, moment - 1).content !== ''
  );
}
