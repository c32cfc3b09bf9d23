import { formatDuration } from '../../kube/duration.ts';
import { formatTimestamp } from '../../kube/timestamp.ts';
import { shortRevision } from '../../revision/revision-content.ts';
import type { Instant } from '../../runtime/composition-function.ts';
import type { ClusterView } from './cluster-view.ts';
import { keepsRevision } from './compare-entry.ts';
import type { GateInput, Moves, WaveProgress } from './moves.ts';
import type { Wave } from './survey-waves.ts';

/** A wave and whether clusters of it may change now. */
export interface OpenedWave extends Wave {
  readonly state: WaveProgress['state'];
  /** Whether clusters of it may change now: its turn has come and its window is open. */
  readonly isOpen: boolean;
  /** Whether it was opened before, and need not prove itself again. */
  readonly wasOpened: boolean;
  /** Whether a later wave was opened after it. */
  readonly hasPassed: boolean;
  /** What it waits for. */
  readonly message?: string;
  /** How many people have approved of how many that must, while it waits for them. */
  readonly approvals?: NonNullable<WaveProgress['approvals']>;
  /** When time alone brings it further. */
  readonly nextAt?: Instant;
}

/** What is known of the waves before one. */
type Before = { readonly areDone: boolean; readonly reason: string; readonly isProven: boolean };

/**
 * Returns which waves are open. A wave opens when every one before it is done, enough people have approved and its window
 * is open; from then on the ones before it have passed, and soak no more for a cluster that is unwell for a moment. A wave
 * that has passed but whose clusters are to get other values of the same revision must prove itself again.
 */
export function openWaves(
  waves: readonly Wave[],
  input: GateInput,
  failures: Moves['failures'],
  now: Instant,
): readonly OpenedWave[] {
  const remembered = lastOpened(waves, input);
  let before: Before = { areDone: true, reason: '', isProven: false };
  return waves.map((wave, place) => {
    const hasPassed = place < remembered;
    const opened = openWave(wave, { before, hasPassed, wasOpened: place <= remembered }, input, failures, now);
    before = {
      areDone: before.areDone && opened.state === 'Done',
      reason: before.areDone && opened.state !== 'Done' ? explainUndone(opened) : before.reason,
      isProven: before.isProven || wave.counted.some(({ standing }) => standing === 'Done'),
    };
    return opened;
  });
}

/** Place of the last wave that was opened and need not prove itself again; -1 before any was. */
function lastOpened(waves: readonly Wave[], { run }: GateInput): number {
  const opened = new Set(run.waves.map(({ name }) => name));
  const last = waves.findLastIndex(({ policy }) => opened.has(policy.name));
  const changed = waves.findIndex(({ counted }) =>
    counted.some(({ standing, entry, next }) => standing === 'Outdated' && entry && keepsRevision(entry, next)),
  );
  return changed === -1 ? last : Math.min(last, changed);
}

function openWave(
  wave: Wave,
  past: { readonly before: Before } & Pick<OpenedWave, 'hasPassed' | 'wasOpened'>,
  { run, brakes, consent }: GateInput,
  failures: Moves['failures'],
  now: Instant,
): OpenedWave {
  const { counted, policy } = wave;
  const { before, ...history } = past;
  const { hasPassed, wasOpened } = history;
  const pending = counted.filter(isPending);
  const soak = soakOf(wave, before.isProven);
  const brake = brakes[0];
  const halt = brake?.message ?? (failures && `stands still: ${explainFailures(failures)}`);
  const window = closedWindow(wave, now);
  if (hasPassed || (pending.length === 0 && soak.isSettled && soak.until <= now)) {
    const message = pending.length > 0 ? (halt ?? window?.message) : undefined;
    const isOpen = hasPassed && halt === undefined && window === undefined;
    return { ...wave, ...history, state: 'Done', isOpen, ...(message !== undefined && { message }) };
  }
  if (pending.length === 0 && soak.isSettled) {
    const message = `soaks for ${formatDuration(policy.soakMs)} until ${formatTimestamp(soak.until)}`;
    return { ...wave, ...history, state: 'Soaking', isOpen: false, message, nextAt: soak.until };
  }
  const waits = (message: string, nextAt?: Instant): OpenedWave => ({
    ...wave,
    ...history,
    state: wasOpened ? 'Open' : 'Waiting',
    isOpen: false,
    message,
    ...(nextAt !== undefined && { nextAt }),
  });
  if (halt !== undefined) return waits(halt, brake?.until);
  if (!before.areDone) return waits(before.reason);
  if (pending.length > 0) {
    const missing = wasOpened ? undefined : missingConsent(wave, run.revision, consent);
    if (missing !== undefined) return { ...waits(missing.message), ...missing };
    if (window !== undefined) return waits(window.message, window.opensAt);
  }
  return { ...wave, ...history, state: 'Open', isOpen: true };
}

/** Tells whether a cluster has yet to get what it should have. */
export function isPending({ standing }: Pick<ClusterView, 'standing'>): boolean {
  return standing === 'Outdated' || standing === 'Absent';
}

/** Returns whether all clusters have got where they will, at least one here or before healthy, and when the last of them has soaked. */
function soakOf(
  { counted, policy }: Wave,
  isProvenBefore: boolean,
): { readonly isSettled: boolean; readonly until: Instant } {
  const done = counted.flatMap(({ healthySince }) => healthySince ?? []);
  const isOnTheWay = counted.some((view) => isPending(view) || view.standing === 'Moving');
  const isProven = isProvenBefore || done.length > 0 || counted.length === 0;
  return { isSettled: !isOnTheWay && isProven, until: Math.max(0, ...done) + policy.soakMs };
}

/** Returns why a wave's maintenance window keeps it from changing now, and until when; nothing while it is open. */
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

/** Returns what people have yet to say before a wave may open, or what they have said against it. */
function missingConsent(
  { policy: { name, quorum } }: Wave,
  revision: string,
  { approvers, rejections, ignored }: GateInput['consent'],
): (Pick<OpenedWave, 'approvals'> & { readonly message: string }) | undefined {
  const rejection = rejections.get(name);
  if (rejection !== undefined) return { message: rejection };
  const given = approvers.get(name)?.length ?? 0;
  if (given >= quorum) return undefined;
  const waits = `waits for ${quorum - given} of ${quorum} approvals of revision ${shortRevision(revision)}`;
  const flaw = ignored.get(name);
  return { message: flaw === undefined ? waits : `${waits}; ${flaw}`, approvals: { given, wanted: quorum } };
}

/** Returns why nothing new goes out. */
export function explainFailures({ wave, clusters }: NonNullable<Moves['failures']>): string {
  const names = clusters.slice(0, 3).join(', ');
  return `${clusters.length} of wave ${wave} failed, more than may (${names}${clusters.length > 3 ? ', …' : ''})`;
}

function explainUndone({ state, message, counted, policy }: OpenedWave): string {
  if (state === 'Soaking') return `waits for wave ${policy.name}, which ${message}`;
  const done = counted.filter(({ standing }) => standing === 'Done').length;
  return `waits for wave ${policy.name}: ${done} of ${counted.length} clusters are healthy`;
}
