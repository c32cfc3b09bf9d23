import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Member } from '../generated/types.ts';
import { dateReports } from './report-times.ts';

const now = Date.UTC(2026, 0, 1, 1);
const time = '2026-01-01T01:00:00Z';
const minutesAgo = (minutes: number) => new Date(now - minutes * 60_000).toISOString().replace('.000', '');

type Told = Pick<Member, 'name' | 'properties' | 'reportedAt'>;

const member = (name: string, cpu: string, at?: string): Told => ({
  name,
  properties: { cpu, zone: 'a' },
  ...(at !== undefined && { reportedAt: { cpu: at } }),
});

const dated = (members: readonly Told[], before: readonly Told[]) => {
  const known = new Map(
    members.flatMap((each) => {
      const last = before.find(({ name }) => name === each.name);
      return last === undefined ? [] : [[each, last] as const];
    }),
  );
  const times = dateReports(members, known, now);
  return Object.fromEntries(members.map((each) => [each.name, times(each, known.get(each))?.['cpu']]));
};

test('a figure that changes is dated when that is seen, or as it was told; one that never changed has no date', () => {
  assert.deepEqual(dated([member('a', '4')], []), { a: undefined });
  assert.deepEqual(dated([member('a', '4')], [member('a', '4')]), { a: undefined });
  assert.deepEqual(dated([member('a', '3')], [member('a', '4')]), { a: time });
  assert.deepEqual(dated([member('a', '3', minutesAgo(1))], [member('a', '4')]), { a: minutesAgo(1) });
  assert.deepEqual(dated([member('a', '3', '2027-01-01T00:00:00Z')], [member('a', '4')]), { a: time });
});

test('texts have no dates', () => {
  const before = { name: 'a', properties: { cpu: '4', zone: 'a' } };
  const after = { name: 'a', properties: { cpu: '4', zone: 'b' } };
  assert.equal(dateReports([after], new Map([[after, before]]), now)(after, before), undefined);
});

test('a heartbeat is written down after ten minutes, and then for all members', () => {
  const before = [member('a', '4', minutesAgo(11)), member('b', '4', minutesAgo(8))];
  const early = [member('a', '4', minutesAgo(2)), member('b', '4', minutesAgo(2))];
  assert.deepEqual(dated(early, before), { a: minutesAgo(11), b: minutesAgo(8) });
  const due = [member('a', '4', minutesAgo(0)), member('b', '4', minutesAgo(2))];
  assert.deepEqual(dated(due, before), { a: time, b: minutesAgo(2) });
});
