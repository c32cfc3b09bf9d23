import { hash } from 'node:crypto';

/**
 * Returns the names in the order of highest random weight for a key. Every key sees its own order, the same on every
 * machine and whatever the order given, and taking names away never changes the order of the others.
 */
export function rendezvousOrder(key: string, names: readonly string[]): string[] {
  return names
    .map((name) => ({ name, weight: hash('sha256', `${key.length}:${key}${name}`) }))
    .sort((a, b) => compare(b.weight, a.weight) || compare(a.name, b.name))
    .map(({ name }) => name);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
