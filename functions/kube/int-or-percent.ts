import type { Checked } from './problem.ts';

/**
 * Returns the number that an IntOrString stands for: itself, or the percentage of a total, rounded as asked. Refuses
 * negative numbers, fractions and texts that are no percentage (semantics of k8s.io/apimachinery intstr).
 */
export function resolveIntOrPercent(value: number | string, total: number, rounding: 'up' | 'down'): Checked<number> {
  if (typeof value === 'number') {
    return Number.isSafeInteger(value) && value >= 0 ? { value } : refuse(String(value));
  }
  const percent = /^(\d{1,6})%$/.exec(value)?.[1];
  if (percent === undefined) return refuse(`"${value}"`);
  const share = (Number(percent) * total) / 100;
  return { value: rounding === 'up' ? Math.ceil(share) : Math.floor(share) };
}

function refuse(got: string): Checked<number> {
  return {
    problems: [
      { path: '', message: `must be a whole number of 0 or more, or a percentage such as "25%" (got ${got})` },
    ],
  };
}
