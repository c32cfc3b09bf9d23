import { formatTimestamp } from '../../kube/timestamp.ts';
import type { Instant } from '../../runtime/composition-function.ts';
import type { Ask } from './ask-approvals.ts';
import { isPending, provesTarget } from './cluster-view.ts';
import { keepsRevision } from './compare-entry.ts';
import { missingConsent } from './missing-consent.ts';
import type { GateInput, Moves, WaveProgress } from './moves.ts';
import type { Consent } from './read-consent.ts';
import type { Wave } from './survey-waves.ts';
import { describePassing, describeSoak, explainFailures, explainUndone } from './wave-messages.ts';

/** A wave and whether clusters of it may change now. */
export interface OpenedWave extends Wave {
  readonly state: WaveProgress['state'];
  /** Whether clusters of it may change now: its turn has come and its window is open. */
  readonly isOpen: boolean;
  /** Whether it was opened before, and need not prove itself again. */
  readonly wasOpened: boolean;
  /** Whether it was done when a later wave was opened. */
  readonly hasPassed: boolean;
  /** Clusters of it that wait for people although the rest of it does not, with the reason. */
  readonly withheld: ReadonlyMap<string, string>;
  /** What it waits for, or what has become of it without a change. */
  readonly message?: string;
  /** How many people have approved of how many that must, while it waits for them. */
  readonly approvals?: NonNullable<WaveProgress['approvals']>;
  /** When time alone brings it further. */
  readonly nextAt?: Instant;
}

/** What is known of the waves before one. */
type Before = {
  readonly areDone: boolean;
  readonly reason: string;
  /** Whether a cluster of them is healthy with the target. */
  readonly isHealthy: boolean;
  /** Whether something that is healthy there could have failed. */
  readonly isProven: boolean;
};

/** What people were asked, and what they have said. */
export type Answers = { readonly asks: ReadonlyMap<string, Ask>; readonly consent: Consent };

/** What a wave is opened by, beside its clusters. */
type Past = Pick<OpenedWave, 'hasPassed' | 'wasOpened'> & {
  readonly before: Before;
  /** Tells whether some cluster of any wave could prove something. */
  readonly isProvable: () => boolean;
};

/**
 * Returns which waves are open. A wave opens when every one before it is done, enough people have approved and its window
 * is open; from then on the ones before it have passed, and soak no more for a cluster that is unwell for a moment. A wave
 * that has passed but whose clusters are to get other values of the same revision must prove itself again.
 */
export function openWaves(
  waves: readonly Wave[],
  input: GateInput,
  answers: Answers,
  failures: Moves['failures'],
  now: Instant,
): readonly OpenedWave[] {
  const opened = openedBefore(waves, input);
  const passed = passedBefore(waves, opened, input);
  const isProvable = () => waves.some(({ counted }) => counted.some(({ name }) => input.provable(name)));
  let before: Before = { areDone: true, reason: '', isHealthy: false, isProven: false };
  return waves.map((wave) => {
    const wasOpened = opened.has(wave.policy.name);
    const next = openWave(
      wave,
      { before, isProvable, wasOpened, hasPassed: passed.has(wave.policy.name) },
      input,
      answers,
      failures,
      now,
    );
    before = {
      areDone: before.areDone && next.state === 'Done',
      reason: before.areDone && next.state !== 'Done' ? explainUndone(next) : before.reason,
      isHealthy: before.isHealthy || wave.counted.some(({ standing }) => standing === 'Done'),
      isProven: before.isProven || wave.counted.some((view) => provesTarget(view, input)),
    };
    return next;
  });
}

/** Names of the waves that were opened and need not prove themselves again. */
function openedBefore(waves: readonly Wave[], { run }: GateInput): ReadonlySet<string> {
  const opened = new Set(run.waves.flatMap(({ name, openedAt }) => (openedAt === undefined ? [] : [name])));
  const changed = waves.findIndex(({ counted }) =>
    counted.some(({ standing, entry, next }) => standing === 'Outdated' && entry && keepsRevision(entry, next)),
  );
  if (changed === -1) return opened;
  return new Set(waves.slice(0, changed + 1).flatMap(({ policy: { name } }) => (opened.has(name) ? [name] : [])));
}

/** Names of the waves that were done when a later one was opened; a record that says nothing of it has them in their order. */
function passedBefore(waves: readonly Wave[], opened: ReadonlySet<string>, { run }: GateInput): ReadonlySet<string> {
  const names = waves.map(({ policy: { name } }) => name).filter((name) => opened.has(name));
  if (run.waves.every(({ clusters }) => clusters === undefined)) return new Set(names.slice(0, -1));
  const passed = new Set(run.waves.flatMap(({ name, passed: hasPassed }) => (hasPassed === true ? [name] : [])));
  const last = names.at(-1);
  return new Set(names.filter((name) => passed.has(name) && name !== last));
}

function openWave(
  wave: Wave,
  { before, isProvable, ...history }: Past,
  { run, brakes, provable }: GateInput,
  { asks, consent }: Answers,
  failures: Moves['failures'],
  now: Instant,
): OpenedWave {
  const { counted, policy } = wave;
  const { hasPassed, wasOpened } = history;
  const pending = counted.filter(isPending);
  const missing = missingConsent(asks.get(policy.name), run.revision, consent);
  const unapproved = missing === undefined ? new Set<string>() : (asks.get(policy.name)?.waiting ?? new Set<string>());
  const withheld = new Map(
    missing === undefined || !wasOpened ? [] : [...unapproved].map((cluster) => [cluster, missing.message] as const),
  );
  const told = { ...wave, ...history, withheld };
  const soak = soakOf(wave, before.isHealthy);
  const brake = brakes[0];
  const halt = brake?.message ?? (failures && `stands still: ${explainFailures(failures)}`);
  const window = closedWindow(wave, now);
  if (hasPassed || (pending.length === 0 && soak.isSettled && soak.until <= now)) {
    const obstacle = halt ?? (withheld.size > 0 ? missing?.message : undefined) ?? window?.message;
    const message =
      pending.length > 0 ? obstacle : describePassing(wave, { provable, isProvenBefore: before.isProven, isProvable });
    const isOpen = hasPassed && halt === undefined && window === undefined;
    const approvals = withheld.size > 0 ? missing?.approvals : undefined;
    return {
      ...{ ...told, state: 'Done', isOpen },
      ...(message !== undefined && { message }),
      ...(approvals !== undefined && { approvals }),
    };
  }
  if (pending.length === 0 && soak.isSettled) {
    return { ...told, state: 'Soaking', isOpen: false, message: describeSoak(policy, soak.until), nextAt: soak.until };
  }
  const waits = (message: string, nextAt?: Instant): OpenedWave => ({
    ...told,
    state: wasOpened ? 'Open' : 'Waiting',
    isOpen: false,
    message,
    ...(nextAt !== undefined && { nextAt }),
  });
  if (halt !== undefined) return waits(halt, brake?.until);
  if (!before.areDone) return waits(before.reason);
  if (pending.length > 0) {
    const isHeld = missing !== undefined && pending.every(({ name }) => unapproved.has(name));
    if (missing !== undefined && (!wasOpened || isHeld)) return { ...waits(missing.message), ...missing };
    if (window !== undefined) return waits(window.message, window.opensAt);
  }
  return { ...told, state: 'Open', isOpen: true, ...(withheld.size > 0 && missing) };
}

/** Returns whether all clusters have got where they will, at least one here or before healthy, and when the last of them has soaked. */
function soakOf(
  { counted, policy }: Wave,
  isHealthyBefore: boolean,
): { readonly isSettled: boolean; readonly until: Instant } {
  const done = counted.flatMap(({ healthySince }) => healthySince ?? []);
  const isOnTheWay = counted.some((view) => isPending(view) || view.standing === 'Moving');
  const isHealthy = isHealthyBefore || done.length > 0 || counted.every(({ isPaused }) => isPaused);
  return { isSettled: !isOnTheWay && isHealthy, until: Math.max(0, ...done) + policy.soakMs };
}

/**
 * Tells whether a rollout must go on with one cluster at a time: nothing that could have failed has been healthy with the
 * target yet, and there are clusters on which something could.
 */
export function isUnproven(waves: readonly Wave[], input: Pick<GateInput, 'provable'>): boolean {
  const counted = waves.flatMap((wave) => wave.counted);
  const undone = counted.filter(({ standing }) => standing !== 'Done');
  if (undone.length === 0 || counted.some((view) => provesTarget(view, input))) return false;
  return undone.some(({ name }) => input.provable(name));
}

/** Returns why a wave's maintenance windows keep it from changing now, and until when; nothing while one is open. */
function closedWindow(
  { policy }: Wave,
  now: Instant,
): { readonly message: string; readonly opensAt?: Instant } | undefined {
  const window = policy.window?.(now);
  if (window === undefined || window.isOpen) return undefined;
  const { opensAt } = window;
  const until = opensAt === undefined ? 'and it never opens' : `until ${formatTimestamp(opensAt)}`;
  return { message: `its maintenance window is closed, ${until}`, ...(opensAt !== undefined && { opensAt }) };
}
