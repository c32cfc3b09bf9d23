import { Cron } from 'croner';
import type { MaintenanceWindow } from '../../generated/types.ts';
import { parseDuration } from '../../kube/duration.ts';
import type { Checked } from '../../kube/problem.ts';
import type { Instant } from '../../runtime/composition-function.ts';

/** Tells whether a window is open at a time, and when it opens next; absent when it never does again. */
export type Window = (now: Instant) => { readonly isOpen: boolean; readonly opensAt?: Instant };

/** Returns the window that a schedule, a duration and a time zone stand for, daylight saving included, or what is wrong with them. */
export function compileWindow(
  { schedule, duration, timeZone = 'UTC' }: MaintenanceWindow,
  path: string,
): Checked<Window> {
  const length = parseDuration(duration);
  if (length === undefined || length === 0) {
    const message = `must be a duration such as 4h or 90m (got "${duration}")`;
    return { problems: [{ path: `${path}.duration`, message }] };
  }
  if (!isTimeZone(timeZone)) {
    const message = `must be the name of a time zone such as Europe/Berlin (got "${timeZone}")`;
    return { problems: [{ path: `${path}.timeZone`, message }] };
  }
  try {
    const openings = new Cron(schedule, { timezone: timeZone, paused: true, mode: '5-part' });
    const nextAfter = (time: Instant) => openings.nextRun(new Date(time))?.getTime();
    return {
      value: (now) => {
        const latest = nextAfter(now - length);
        if (latest !== undefined && latest <= now) return { isOpen: true };
        return { isOpen: false, ...(latest !== undefined && { opensAt: latest }) };
      },
    };
  } catch (error) {
    const reason = error instanceof Error ? error.message.replace(/^Cron\w*: /, '') : String(error);
    const message = `must be a cron schedule with five fields such as "0 22 * * 1-5" (got "${schedule}")`;
    return { problems: [{ path: `${path}.schedule`, message, hint: reason }] };
  }
}

/** How many openings are tried to find a time at which several windows are open together. */
const mostTries = 500;

/** Returns the window that is open while any of some is; nothing for none. */
export function anyOpen(windows: readonly Window[]): Window | undefined {
  if (windows.length <= 1) return windows[0];
  return (now) => {
    const looks = windows.map((window) => window(now));
    if (looks.some(({ isOpen }) => isOpen)) return { isOpen: true };
    const times = looks.flatMap(({ opensAt }) => opensAt ?? []);
    return { isOpen: false, ...(times.length > 0 && { opensAt: Math.min(...times) }) };
  };
}

/** Returns the window that is open while all of some are; nothing for none. */
export function allOpen(windows: readonly Window[]): Window | undefined {
  if (windows.length <= 1) return windows[0];
  return (now) => {
    let time = now;
    for (let tries = 0; tries < mostTries; tries++) {
      const closed = windows.map((window) => window(time)).filter(({ isOpen }) => !isOpen);
      if (closed.length === 0) return time === now ? { isOpen: true } : { isOpen: false, opensAt: time };
      const openings = closed.map(({ opensAt }) => opensAt);
      if (openings.includes(undefined)) return { isOpen: false };
      time = Math.max(...openings.flatMap((each) => each ?? []));
    }
    return { isOpen: false };
  };
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
