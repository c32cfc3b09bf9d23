import { Cron } from 'croner';
import { durationMs } from './duration.ts';
import { textAt } from './json-field.ts';

const stepMs = 60_000;

/** Tells whether one of some maintenance windows was open at some moment of a span; none at all is always open. */
export function isOpenWithin(windows: readonly unknown[], from: number, to: number): boolean {
  return windows.length === 0 || windows.some((window) => opensWithin(window, from, to));
}

/** A window is open from each time of its schedule, for its duration; it overlaps the span if such a time lies in the span or less than a duration before. */
function opensWithin(window: unknown, from: number, to: number): boolean {
  const timezone = textAt(window, 'timeZone') ?? 'UTC';
  const cron = new Cron(textAt(window, 'schedule') ?? '', { timezone });
  const next = cron.nextRun(new Date(from - durationMs(textAt(window, 'duration')) - 1));
  // Where clocks are set back or forward the schedule may lie an hour aside: such a begin is not called wrong.
  return next !== null && next.getTime() <= to + stepMs;
}
