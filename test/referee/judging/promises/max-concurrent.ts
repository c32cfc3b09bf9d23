import { hasFailed, isUnwanted, wasHealthyWithin } from '../cluster-health.ts';
import { isAway } from '../reach.ts';
import { shareOf } from '../share.ts';
import { membersOf, type Turn } from '../turn.ts';
import { sizeOf } from '../wave-fit.ts';
import { byWaveRule } from './by-wave-rule.ts';

/** Finds clusters that began while as many of their wave as may were on their way. */
export const maxConcurrent = byWaveRule(
  'no more of a wave at once than maxConcurrent',
  (turn) => {
    const { wave, course, rollout, timeline } = turn;
    const onTheirWay = membersOf(course, rollout, wave.name).filter(({ cluster }) => isOnItsWay(turn, cluster));
    const limit = Math.max(1, shareOf(wave.maxConcurrent, sizeOf(timeline, rollout, wave).most, 1));
    if (onTheirWay.length < limit) return undefined;
    const names = onTheirWay.map(({ cluster }) => cluster).join(', ');
    return `${names} of wave ${wave.name} ${onTheirWay.length === 1 ? 'was' : 'were'} still on the way, and at most ${limit} may be`;
  },
  { inTurnOnly: true },
);

/** Tells whether a cluster that has begun was neither healthy, nor failed, nor out of reach when another began. */
export function isOnItsWay({ timeline, rollout, begin, wave }: Turn, cluster: string): boolean {
  const { lagMs } = timeline;
  return (
    !isUnwanted(rollout, cluster, begin.at) &&
    !wasHealthyWithin(rollout, cluster, begin.at - lagMs, begin.at) &&
    !hasFailed(rollout, cluster, wave.deadlineMs, begin.at + lagMs) &&
    ![begin.at, begin.at - lagMs].some((moment) => isAway(timeline, cluster, moment))
  );
}
