import type { Instant } from '../../runtime/composition-function.ts';
import type { RolloutPolicy } from '../policy/rollout-policy.ts';
import { type Ask, askApprovals, asksToRemember } from './ask-approvals.ts';
import { isPending, type Standing } from './cluster-view.ts';
import { fillWaves } from './fill-waves.ts';
import { goBack, openForReturn } from './go-back.ts';
import { goForward, type Turns } from './go-forward.ts';
import { joinClusters } from './join-clusters.ts';
import { leaveClusters } from './leave-clusters.ts';
import type { Brake, GateInput, Moves, WaveProgress } from './moves.ts';
import { type OpenedWave, openWaves } from './open-waves.ts';
import { scaleClusters } from './scale-clusters.ts';
import { findFailures, surveyWaves, type Wave } from './survey-waves.ts';

/**
 * Returns what may happen now on the way from where the fleet stands to where it should go. Content goes wave by wave,
 * forward as well as back; replicas alone go at once; joins and leaves have limits of their own. What was decided before is
 * read from the entries themselves, so that the same facts and the same time give the same moves.
 */
export function openGate(input: GateInput, policy: RolloutPolicy, now: Instant): Moves {
  const { brakes, run } = input;
  const surveyed = surveyWaves(input, policy, now);
  const failures = findFailures(surveyed, run);
  const brake = brakes[0];
  const isGoingBack = run.direction === 'Back' && run.endedAt === undefined;
  const asks: ReadonlyMap<string, Ask> =
    isGoingBack || run.endedAt !== undefined ? new Map() : askApprovals(surveyed, run, now);
  const consent = input.consent(asks);
  const waves = isGoingBack
    ? openForReturn(surveyed, brake)
    : openWaves(surveyed, input, { asks, consent }, failures, now);
  const closed = policy.window?.(now).isOpen === false ? 'waits for the maintenance window' : undefined;
  const halt = brakes.find(({ stops }) => stops === 'All');
  const changes = isGoingBack ? [goBack(waves, brake)] : goForward(waves, input);
  const changing = new Set(changes.flatMap(({ set }) => set.map(({ cluster }) => cluster)));
  const turns = [
    ...changes,
    stopped(scaleClusters(waves, input, policy, changing), halt),
    stopped(joinClusters(waves, input, policy, brake?.message ?? closed), halt),
  ];
  const departures = leaveClusters(input, consent, policy, brake?.message ?? closed);
  const kept = input.kept ?? new Map<string, string>();
  const waiting = new Map(
    [...kept, ...[...turns, departures].flatMap((each) => [...each.waiting])].concat(explainBlocked(surveyed, input)),
  );
  return {
    set: turns.flatMap(({ set }) => set),
    ...{ leave: departures.leave, held: departures.held, waiting, kept },
    waves: waves.map(reportWave),
    filled: fillWaves(waves, input, asks, consent),
    gone: goneClusters(input),
    asks: asksToRemember(asks, run, surveyed),
    ...(failures !== undefined && { failures }),
    outcome: failures === undefined ? outcomeOf(waves) : 'Unfinished',
    usedApprovals: departures.usedApprovals,
    ...nextDecision(waves, input, policy, waiting.size > 0, now),
  };
}

/** What a pulled cord leaves of what could be done: nothing, with the reason. */
function stopped({ set, waiting }: Turns, halt: Brake | undefined): Turns {
  if (halt === undefined) return { set, waiting };
  return {
    set: [],
    waiting: new Map([...waiting, ...set.map(({ cluster }): [string, string] => [cluster, halt.message])]),
  };
}

function goneClusters({ run, wanted, current }: GateInput): ReadonlySet<string> {
  const present = new Set(current.map(({ assignment }) => assignment.cluster));
  const taken = run.waves.flatMap(({ clusters = [] }) => clusters);
  return new Set(taken.filter((cluster) => !wanted.has(cluster) && !present.has(cluster)));
}

function explainBlocked(waves: readonly Wave[], { blocked, paused }: GateInput): [string, string][] {
  return clustersOf(waves).flatMap(({ name, standing, entry, likeness }): [string, string][] => {
    const pause = likeness === 'Same' ? undefined : paused.get(name);
    if (pause !== undefined) return [[name, `is paused: ${pause}`]];
    if (entry?.assignment.state === 'Leaving')
      return [[name, 'is still leaving; joins again when nothing of it is left']];
    const reason = standing === 'Blocked' ? blocked.get(name) : undefined;
    if (reason !== undefined) return [[name, reason]];
    const isBehind = (standing === 'Skipped' || standing === 'Failed') && likeness === 'Other';
    return isBehind ? [[name, 'cannot be reached; changes when it is back']] : [];
  });
}

function clustersOf(waves: readonly Wave[]) {
  return waves.flatMap(({ counted, newcomers }) => [...counted, ...newcomers]);
}

function reportWave({ policy, state, counted, newcomers, message, approvals }: OpenedWave): WaveProgress {
  const all = [...counted, ...newcomers];
  const count = (...standings: readonly Standing[]) =>
    all.filter(({ standing }) => standings.includes(standing)).length;
  return {
    ...{ name: policy.name, state, clusters: all.length },
    updated: all.filter(({ likeness }) => likeness === 'Same').length,
    ...{ healthy: count('Done'), failed: count('Failed') },
    ...(approvals !== undefined && { approvals }),
    ...(message !== undefined && { message }),
  };
}

/** A rollout is over when every wave is done; it has proven its revision when at least one cluster is healthy and none has failed. */
function outcomeOf(waves: readonly OpenedWave[]): Moves['outcome'] {
  const counted = waves.flatMap((wave) => wave.counted);
  const isOver =
    waves.every(({ state }) => state === 'Done') &&
    clustersOf(waves).some(({ standing }) => standing === 'Done') &&
    !counted.some((view) => isPending(view) || view.standing === 'Moving' || view.standing === 'Blocked');
  if (!isOver) return 'Unfinished';
  return counted.some(({ standing }) => standing === 'Failed') ? 'WithFailures' : 'Proven';
}

/** The brakes and the window of the whole rollout matter only while something waits for them. */
function nextDecision(
  waves: readonly OpenedWave[],
  { brakes }: GateInput,
  { window }: RolloutPolicy,
  isWaiting: boolean,
  now: Instant,
): Pick<Moves, 'nextDecisionAt'> {
  const times = [
    ...waves.flatMap(({ nextAt }) => nextAt ?? []),
    ...clustersOf(waves).flatMap(({ failsAt }) => failsAt ?? []),
    ...(isWaiting ? [...brakes.flatMap(({ until }) => until ?? []), window?.(now).opensAt ?? []].flat() : []),
  ].filter((time) => time > now);
  return times.length === 0 ? {} : { nextDecisionAt: Math.min(...times) };
}
