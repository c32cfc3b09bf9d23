import { termsOf } from '../approval-terms.ts';
import { isRejected, peopleFor } from '../consent.ts';
import { membersOf, type Turn } from '../turn.ts';
import { fitsWave, sizeOf } from '../wave-fit.ts';
import { byWaveRule } from './by-wave-rule.ts';

/** Finds clusters that began in a wave before so many people as it asks for had approved of it, for them. */
export const approvalsGiven = byWaveRule('no wave opens without its approvals', (turn) => {
  const { timeline, rollout, begin, wave, course } = turn;
  const members = membersOf(course, rollout, wave.name);
  const from = begin.decidedFrom;
  if (members.length === 0 && isRejected(timeline, rollout, wave.name, from, begin.at))
    return `somebody had rejected it for wave ${wave.name}`;
  const terms = termsOf(timeline, rollout, wave.name, begin.at);
  const most = Math.max(0, ...terms.map(({ quorum }) => quorum));
  if (most === 0) return undefined;
  const reasons = terms.map((each) => {
    if (!wasIn(turn, each, members.length)) return `it was no cluster of wave ${wave.name} when that was approved`;
    if (each.quorum === 0) {
      const wasOpen = members.some((member) => member.at < each.to) || begin.at - timeline.lagMs < each.to;
      return wasOpen ? undefined : `wave ${wave.name} was not open when it began to ask for approval`;
    }
    const question = { wave: wave.name, cluster: begin.cluster, from: each.from, to: each.to };
    const people = peopleFor(timeline, rollout, question);
    return people >= each.quorum ? undefined : `${people} of ${each.quorum} people had approved of wave ${wave.name}`;
  });
  return reasons.includes(undefined) ? undefined : reasons.at(-1);
});

/** Tells whether the cluster may have been one of the wave's while it asked in this form. */
function wasIn(
  { timeline, rollout, begin }: Turn,
  { from, to, wave }: ReturnType<typeof termsOf>[number],
  members: number,
): boolean {
  if (wave.clusterSelector !== undefined) {
    const end = Math.max(from, to - 1);
    return fitsWave(timeline, wave, begin.cluster, [from, end], 'Once');
  }
  return wave.count === undefined && wave.percent === undefined ? true : members < sizeOf(timeline, rollout, wave).most;
}
