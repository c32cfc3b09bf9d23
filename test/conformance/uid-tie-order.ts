import { byName, fewerSeatsFirst, type TieOrder } from '../../functions/cluster-selector/replicas/tie-order.ts';

/** Returns Karmada's tie order for a binding: fewer seats, then names descending when the hash of its uid is odd. */
export function uidTieOrder(uid: string): TieOrder {
  return fewerSeatsFirst(uid !== '' && fnv1a32(uid) % 2 === 1 ? (a, b) => byName(b, a) : byName);
}

/** Returns the 32-bit FNV-1a hash of a text in UTF-8. */
export function fnv1a32(text: string): number {
  let hash = 0x811c9dc5;
  for (const byte of Buffer.from(text)) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  return hash;
}
