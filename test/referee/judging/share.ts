/** Returns how many of a total a number or a share such as `25%` stands for: shares are rounded up. */
export function shareOf(value: unknown, total: number, fallback: number | string): number {
  const given = value ?? fallback;
  if (typeof given === 'number') return given;
  const percent = Number(String(given).replace('%', ''));
  return Math.ceil((percent * total) / 100);
}
