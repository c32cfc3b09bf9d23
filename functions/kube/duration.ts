/**
 * Returns the milliseconds of a duration such as `1h30m` or `90s`; nothing when the text is none (the hours, minutes and
 * seconds of Go's time.ParseDuration, which metav1.Duration reads, without fractions).
 */
export function parseDuration(text: string): number | undefined {
  const match = /^(?:(\d{1,6})h)?(?:(\d{1,8})m)?(?:(\d{1,9})s)?$/.exec(text);
  if (match === null || text === '') return undefined;
  const [hours = 0, minutes = 0, seconds = 0] = match.slice(1).map((part) => Number(part ?? 0));
  return ((hours * 60 + minutes) * 60 + seconds) * 1000;
}

/** Returns a duration as people read it, in its two largest units: `1h30m`, `45s`. */
export function formatDuration(milliseconds: number): string {
  const seconds = Math.max(0, Math.round(milliseconds / 1000));
  const parts = [
    [Math.floor(seconds / 86_400), 'd'],
    [Math.floor(seconds / 3600) % 24, 'h'],
    [Math.floor(seconds / 60) % 60, 'm'],
    [seconds % 60, 's'],
  ] as const;
  const told = parts.filter(([amount]) => amount > 0).slice(0, 2);
  return told.length === 0 ? '0s' : told.map(([amount, unit]) => `${amount}${unit}`).join('');
}
