import { setTimeout as delay } from 'node:timers/promises';

/** Environment variable that says how many times as long as on a calm machine everything may take. */
export const patienceVariable = 'CROSSPLY_LAB_PATIENCE';

/** How many times as long as on a calm machine everything may take here; 1 where nobody has measured it. */
export const patience = Number(process.env[patienceVariable] ?? 1);

/**
 * Returns the first answer that is not undefined, asking again and again; an error of the last try explains a time-out. The
 * seconds are those of a calm machine.
 */
export async function waitUntil<T>(
  what: string,
  ask: () => Promise<T | undefined>,
  { seconds = 60, everyMs = 250 }: { readonly seconds?: number; readonly everyMs?: number } = {},
): Promise<T> {
  const allowed = Math.ceil(seconds * patience);
  const deadline = Date.now() + allowed * 1000;
  let reason = '';
  for (;;) {
    try {
      const answer = await ask();
      if (answer !== undefined) return answer;
      reason = '';
    } catch (error) {
      reason = error instanceof Error ? `: ${error.message}` : `: ${String(error)}`;
    }
    if (Date.now() > deadline) throw new Error(`gave up after ${allowed} s waiting for ${what}${reason}`);
    await delay(everyMs);
  }
}
