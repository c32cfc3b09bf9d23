const unitMs: { readonly [unit: string]: number } = { h: 3_600_000, m: 60_000, s: 1000 };

/** Returns the milliseconds of a duration such as `1h30m`; 0 for nothing. */
export function durationMs(text: unknown): number {
  if (typeof text !== 'string') return 0;
  return [...text.matchAll(/(\d+)([hms])/g)].reduce((sum, [, amount, unit]) => {
    return sum + Number(amount) * (unitMs[unit ?? ''] ?? 0);
  }, 0);
}

/** Returns milliseconds as people say them, such as `9m30s`. */
export function sayMs(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1000);
  const parts = [`${Math.floor(seconds / 3600)}h`, `${Math.floor(seconds / 60) % 60}m`, `${seconds % 60}s`];
  const told = parts.filter((part) => !part.startsWith('0'));
  return told.length === 0 ? '0s' : told.join('');
}

/** Returns a moment as a day and a time of the clock in UTC. */
export function sayAt(moment: number): string {
  return new Date(moment).toISOString().replace('T', ' ').slice(0, 19);
}
