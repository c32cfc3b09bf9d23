import type { Agenda, Entry, Task } from './agenda.ts';
import type { VirtualClock } from './virtual-clock.ts';

/** How a run ended. */
export interface Settled {
  /** Whether nothing was left to do; else the time ran out. */
  readonly isSettled: boolean;
  /** How long it took in virtual time. */
  readonly virtualSeconds: number;
  /** How many tasks were run. */
  readonly steps: number;
  /** What was still to be done when the time ran out. */
  readonly pending: readonly string[];
}

/** Does the next thing on an agenda at its time; false when there is none. */
export async function runNext(agenda: Agenda, clock: VirtualClock): Promise<boolean> {
  const entry = agenda.take();
  if (entry === undefined) return false;
  clock.advanceTo(entry.due);
  await entry.task.run();
  return true;
}

/** Tells whether a task need not be waited for. */
export type Rest = (task: Task) => boolean;

/** What would change nothing and learn nothing. */
export const idle: Rest = (task) => task.isIdle();

/** What would repeat itself, unless the time makes a difference. */
export const repeating: Rest = (task) => task.isIdle() || task.isRepeat?.() === true;

/** Works off an agenda until only rest is left, or until the time is over. */
export async function settle(
  agenda: Agenda,
  clock: VirtualClock,
  maxVirtualSeconds: number,
  isRest: Rest = idle,
): Promise<Settled> {
  const startedAt = clock.milliseconds;
  const end = startedAt + maxVirtualSeconds * 1000;
  let steps = 0;
  const ended = (isSettled: boolean, pending: readonly string[]): Settled => ({
    isSettled,
    virtualSeconds: (clock.milliseconds - startedAt) / 1000,
    steps,
    pending,
  });
  for (;;) {
    const next = agenda.peek();
    if (next === undefined || isAtRest(agenda, next, isRest)) return ended(true, []);
    if (next.due > end) {
      const pending = [...agenda.entries()].filter(({ task }) => !isRest(task)).map(({ key }) => key);
      clock.advanceTo(end);
      return ended(false, pending);
    }
    await runNext(agenda, clock);
    steps++;
  }
}

function isAtRest(agenda: Agenda, next: Entry, isRest: Rest): boolean {
  return isRest(next.task) && [...agenda.entries()].every(({ task }) => isRest(task));
}
