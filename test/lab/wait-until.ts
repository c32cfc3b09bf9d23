import { setTimeout as delay } from 'node:timers/promises';

/** Returns the first answer that is not undefined, asking again and again; an error of the last try explains a time-out. */
export async function waitUntil<T>(
  what: string,
  ask: () => Promise<T | undefined>,
  { seconds = 60, everyMs = 250 }: { readonly seconds?: number; readonly everyMs?: number } = {},
): Promise<T> {
  const deadline = Date.now() + seconds * 1000;
  let reason = '';
  for (;;) {
    try {
      const answer = await ask();
      if (answer !== undefined) return answer;
      reason = '';
    } catch (error) {
      reason = error instanceof Error ? `: ${error.message}` : `: ${String(error)}`;
    }
    if (Date.now() > deadline) throw new Error(`gave up after ${seconds} s waiting for ${what}${reason}`);
    await delay(everyMs);
  }
}
