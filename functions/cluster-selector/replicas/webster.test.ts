import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { byName, fewerSeatsThenName } from './tie-order.ts';
import { type Party, webster } from './webster.ts';

const party = fc.record({
  votes: fc.oneof(fc.nat(4), fc.nat(1000), fc.maxSafeNat()),
  seats: fc.nat(20),
  limit: fc.option(fc.nat(60), { nil: Number.POSITIVE_INFINITY }),
});
const parties = fc
  .array(party, { minLength: 1, maxLength: 6 })
  .map((list): Party[] => list.map((of, index) => ({ name: `c${index}`, ...of })));

/** The rule as it is said: seat by seat, every quotient compared with every other. */
function seatBySeat(count: number, given: readonly Party[]): Map<string, number> {
  const seats = new Map(given.map((of) => [of.name, of.seats ?? 0]));
  const claim = ({ name, votes }: Party) => ({ name, votes: BigInt(votes), seats: seats.get(name) ?? 0 });
  for (let left = count; left > 0; left--) {
    const open = given.filter(({ name, limit = Infinity }) => (seats.get(name) ?? 0) < limit).map(claim);
    const [best] = open.sort((a, b) => {
      const difference = b.votes * BigInt(2 * a.seats + 1) - a.votes * BigInt(2 * b.seats + 1);
      return difference === 0n ? fewerSeatsThenName(a, b) : Number(difference > 0n) - Number(difference < 0n);
    });
    if (best !== undefined) seats.set(best.name, best.seats + 1);
  }
  return seats;
}

test('seats go one by one to the greatest average, also when most are given at once', () => {
  fc.assert(
    fc.property(fc.oneof(fc.nat(60), fc.nat(600)), parties, (count, given) =>
      assert.deepEqual(webster(count, given), seatBySeat(count, given)),
    ),
  );
});

test('as many seats as there are votes make the votes', () => {
  const votes = [1, 7, 0, 4000, 13];
  const seats = webster(
    votes.reduce((sum, of) => sum + of),
    votes.map((of, index) => ({ name: `c${index}`, votes: of })),
  );
  assert.deepEqual([...seats.values()], votes);
});

test('averages that differ less than a floating-point number can tell are no tie', () => {
  const many = 1_600_000_000_000_001;
  const almostTied = [
    { name: 'a', votes: 3 * many + 1, seats: 1 },
    { name: 'b', votes: 5 * many + 2, seats: 2 },
  ];
  assert.deepEqual(Object.fromEntries(webster(1, almostTied)), { a: 1, b: 3 });
});

test('a tie goes to fewer seats, then to the smaller name, or where the caller wants it', () => {
  const tied = [
    { name: 'a', votes: 3, seats: 1 },
    { name: 'b', votes: 1 },
  ];
  assert.equal(webster(1, tied).get('b'), 1);
  assert.equal(webster(1, tied, byName).get('a'), 2);
  const equal = [
    { name: 'b', votes: 5 },
    { name: 'a', votes: 5 },
  ];
  assert.equal(webster(1, equal).get('a'), 1);
  assert.equal(webster(1, equal, (a, b) => byName(b, a)).get('b'), 1);
});

test('parties without votes get seats only when nobody else can', () => {
  const given = [
    { name: 'a', votes: 1, limit: 2 },
    { name: 'b', votes: 0 },
    { name: 'c', votes: 0, seats: 1 },
  ];
  assert.deepEqual(Object.fromEntries(webster(5, given)), { a: 2, b: 2, c: 2 });
});

test('what a party holds beyond its limit it keeps, and seats that nobody may take are not given', () => {
  const given = [
    { name: 'a', votes: 9, seats: 5, limit: 3 },
    { name: 'b', votes: 1, limit: 1 },
  ];
  assert.deepEqual(Object.fromEntries(webster(4, given)), { a: 5, b: 1 });
  assert.deepEqual(Object.fromEntries(webster(1000, given)), { a: 5, b: 1 });
  assert.equal(webster(3, []).size, 0);
});

test('two thousand million seats are given in no time', () => {
  const seats = webster(2 ** 31, [
    { name: 'a', votes: 1 },
    { name: 'b', votes: 2 ** 40 },
    { name: 'c', votes: 2 ** 40, limit: 10 },
  ]);
  assert.deepEqual(Object.fromEntries(seats), { a: 0, b: 2 ** 31 - 10, c: 10 });
});

test('numbers that are not whole are refused', () => {
  assert.throws(() => webster(1.5, []), /the number of seats must be a whole number of 0 or more \(got 1\.5\)/);
  assert.throws(() => webster(1, [{ name: 'a', votes: -1 }]), /the votes of a must be a whole number/);
  assert.throws(() => webster(1, [{ name: 'a', votes: 1, seats: NaN }]), /the seats of a must be .* \(got NaN\)/);
  assert.throws(() => webster(1, [{ name: 'a', votes: 1, limit: 0.5 }]), /the limit of a must be/);
});
