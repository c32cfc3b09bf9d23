import type { Member } from '../generated/types.ts';
import { parseQuantity } from '../kube/quantity.ts';
import { formatTimestamp } from '../kube/timestamp.ts';
import type { Instant } from '../runtime/composition-function.ts';

/** How far a time that is told of a figure that stays the same may run ahead of the one that was written down. */
const refreshAfterMs = 10 * 60_000;
/** When one is written down anew, so are all that are older than this: one write for the whole set. */
const refreshAlongMs = 60_000;

/** Members as they were read, with the times at which their profiles say that properties were observed. */
type Told = Pick<Member, 'properties' | 'reportedAt'>;

/** Returns when each property of a member that is a number was last reported; `before` is what was known of it. */
export type ReportTimes = (member: Told, before: Told | undefined) => Member['reportedAt'];

/**
 * Returns by what the reports of members are dated. A figure that has changed is dated at once: as its profile says, else by
 * when the change was seen. A newer time of a figure that stays the same is written down ten minutes later at the earliest,
 * and then for all members together, because each write has everything look again that reads the inventory.
 */
export function dateReports<Each extends Told>(
  members: readonly Each[],
  before: ReadonlyMap<Each, Told>,
  now: Instant,
): ReportTimes {
  const isDue = members.some((member) => {
    const known = before.get(member)?.reportedAt ?? {};
    return Object.entries(member.reportedAt ?? {}).some(
      ([property, told]) => isAmount(member, property) && ageOf(told, known[property]) >= refreshAfterMs,
    );
  });
  return (member, last) => {
    const entries = Object.entries(member.properties ?? {}).flatMap(([property, value]): [string, string][] => {
      if (!isAmount(member, property)) return [];
      const known = last?.reportedAt?.[property];
      const told = validTime(member.reportedAt?.[property], now);
      const isChanged = last !== undefined && last.properties?.[property] !== value;
      if (isChanged) return [[property, told ?? formatTimestamp(now)]];
      const isNews = told !== undefined && (known === undefined || (isDue && ageOf(told, known) >= refreshAlongMs));
      const time = isNews ? told : known;
      return time === undefined ? [] : [[property, time]];
    });
    return entries.length === 0 ? undefined : Object.fromEntries(entries);
  };
}

function isAmount({ properties = {} }: Told, property: string): boolean {
  const value = properties[property];
  return value !== undefined && parseQuantity(value).problems === undefined;
}

/** How much newer a time is than another, in milliseconds; infinite when there is no other. */
function ageOf(told: string, known: string | undefined): number {
  return known === undefined ? Number.POSITIVE_INFINITY : Date.parse(told) - Date.parse(known);
}

/** A time that is told, in whole seconds; nothing when it is none, and never one to come. */
function validTime(told: string | undefined, now: Instant): string | undefined {
  const time = Date.parse(told ?? '');
  return Number.isNaN(time) ? undefined : formatTimestamp(Math.min(time, now));
}
