import { field, listAt, textAt } from '../json-field.ts';
import { type Judge, judgeLine } from '../judge.ts';
import { selects } from '../label-selector.ts';
import { leavesOf } from '../leave.ts';
import { isOpenWithin } from '../maintenance-window.ts';
import { ancestors } from '../policy.ts';
import type { Begin } from '../rollout.ts';
import { at, spans } from '../steps.ts';
import type { CompositeLine, Timeline } from '../timeline.ts';
import { byWaveRule } from './by-wave-rule.ts';

type Brake = { readonly from: number; readonly to: number; readonly says: string };

/** Finds clusters that began or went back under a cord, a freeze or a pause. */
export const brakesHold: Judge = (timeline, rollout) => {
  const brakes = [...cordsOver(timeline, rollout.line), ...freezesOf(timeline, rollout.line)];
  const changes = [...rollout.begins, ...rollout.backs];
  return changes.flatMap((begin) => {
    const brake = brakes.find((each) => covers(each, begin)) ?? pauseOver(timeline, begin);
    if (brake === undefined) return [];
    return [{ at: begin.at, promise: 'brakes hold', about: '', says: `${begin.cluster} changed, but ${brake.says}` }];
  });
};

/** Finds clusters that were left under a cord. */
export const cordsKeep = judgeLine((timeline, line) => {
  const cords = cordsOver(timeline, line);
  return leavesOf(timeline, line).flatMap((leave) => {
    const cord = cords.find((each) => covers(each, leave));
    if (cord === undefined) return [];
    return [{ at: leave.at, promise: 'brakes hold', about: '', says: `${leave.cluster} was left, but ${cord.says}` }];
  });
});

/** Finds clusters that began while no window of their wave was open. */
export const windowsHold = byWaveRule('changes begin in their windows', ({ wave, begin, timeline, rollout }) => {
  const floor = ancestors(timeline, rollout.line, begin.at).map((each) =>
    field(at(each.wishes, begin.at)?.spec, 'rollout', 'required'),
  );
  const least = listAt(floor.at(-1), 'windows');
  const isOpen = [wave.windows, least].every((windows) => isOpenWithin(windows, begin.decidedFrom, begin.at));
  return isOpen ? undefined : `no window of wave ${wave.name} was open`;
});

/** Tells whether something held a composite back at some moment of a span. */
export function isHeldBack(timeline: Timeline, line: CompositeLine, from: number, to: number): boolean {
  return [...cordsOver(timeline, line), ...freezesOf(timeline, line)].some(
    (brake) => brake.from <= to && brake.to >= from,
  );
}

function covers(brake: Brake, { at: moment, decidedFrom }: Pick<Begin, 'at' | 'decidedFrom'>): boolean {
  return brake.from <= decidedFrom && moment < brake.to;
}

function cordsOver(timeline: Timeline, line: CompositeLine): readonly Brake[] {
  return timeline.cords
    .filter(({ spec, from }) => isInScope(timeline, line, spec, from))
    .map(({ spec, from, until = timeline.endsAt }) => ({
      from,
      to: until,
      says: `a cord was pulled: ${textAt(spec, 'reason')}`,
    }));
}

function isInScope(timeline: Timeline, line: CompositeLine, spec: unknown, moment: number): boolean {
  const tiers = ancestors(timeline, line, moment).filter(({ kind }) => kind === 'Tier');
  const named = listAt(spec, 'tiers');
  const isOfTier = tiers.some((tier) =>
    named.some((each) => textAt(each, 'namespace') === tier.namespace && textAt(each, 'name') === tier.name),
  );
  const selector = field(spec, 'selector');
  const labels = at(line.wishes, moment)?.labels ?? {};
  return (named.length === 0 || isOfTier) && (selector === undefined || selects(selector, labels));
}

function freezesOf(timeline: Timeline, line: CompositeLine): readonly Brake[] {
  const frozen = ancestors(timeline, line, timeline.endsAt)
    .filter(({ kind }) => kind === 'Tier')
    .flatMap((tier) =>
      spans(tier.wishes, timeline.endsAt, (wish) => field(wish?.spec, 'freeze') !== undefined).map((span) => {
        const freeze = field(at(tier.wishes, span.from)?.spec, 'freeze');
        const until = Date.parse(textAt(freeze, 'until') ?? '');
        const to = Number.isNaN(until) ? span.to : Math.min(span.to, until);
        return { from: span.from, to, says: `its Tier was frozen: ${textAt(freeze, 'reason')}` };
      }),
    );
  const paused = spans(line.wishes, timeline.endsAt, (wish) => field(wish?.spec, 'rollout', 'paused') === true);
  return [...frozen, ...paused.map((span) => ({ ...span, says: 'it was paused' }))];
}

/** A cluster that is paused in its ClusterSet. */
function pauseOver(timeline: Timeline, begin: Begin): Brake | undefined {
  return spans(timeline.paused, timeline.endsAt, (clusters) => clusters.includes(begin.cluster))
    .map((span) => ({ ...span, says: 'it was paused in its ClusterSet' }))
    .find((brake) => covers(brake, begin));
}
