import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { rendezvousOrder } from './rendezvous.ts';

const names = fc.uniqueArray(fc.string(), { maxLength: 12 });

test('the order given does not matter', () => {
  fc.assert(
    fc.property(fc.string(), names, (key, list) => {
      assert.deepEqual(rendezvousOrder(key, list.toReversed()), rendezvousOrder(key, list));
    }),
  );
});

test('removing a name leaves the order of the others', () => {
  fc.assert(
    fc.property(fc.string(), names, fc.nat(), (key, list, position) => {
      const gone = list[position % Math.max(list.length, 1)];
      const rest = list.filter((name) => name !== gone);
      assert.deepEqual(
        rendezvousOrder(key, rest),
        rendezvousOrder(key, list).filter((name) => name !== gone),
      );
    }),
  );
});

test('keys spread over the names', () => {
  const clusters = Array.from({ length: 10 }, (_, index) => `cluster-${index}`);
  const firsts = new Map<string, number>();
  for (let key = 0; key < 1000; key++) {
    const first = rendezvousOrder(`app-${key}`, clusters)[0] ?? '';
    firsts.set(first, (firsts.get(first) ?? 0) + 1);
  }
  assert.equal(firsts.size, 10);
  for (const [name, count] of firsts) assert.ok(count > 60 && count < 140, `${name} comes first ${count} times`);
});

test('key and name do not run into each other', () => {
  assert.notDeepEqual(
    rendezvousOrder('a', ['bc', 'bd', 'be', 'bf', 'bg', 'bh']),
    rendezvousOrder('ab', ['c', 'd', 'e', 'f', 'g', 'h']).map((name) => `b${name}`),
  );
});
