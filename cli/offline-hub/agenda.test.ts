import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { Agenda } from './agenda.ts';

const task = { run: () => {}, isIdle: () => true };

test('entries come out by time, then in the order in which they were asked for', () => {
  fc.assert(
    fc.property(fc.array(fc.nat({ max: 20 }), { maxLength: 60 }), (times) => {
      const agenda = new Agenda();
      for (const [index, due] of times.entries()) agenda.schedule(`task ${index}`, due, task);
      const taken: string[] = [];
      for (let entry = agenda.take(); entry !== undefined; entry = agenda.take()) taken.push(entry.key);
      const wanted = times.map((due, index) => ({ due, index })).sort((a, b) => a.due - b.due || a.index - b.index);
      assert.deepEqual(
        taken,
        wanted.map(({ index }) => `task ${index}`),
      );
    }),
  );
});

test('a key stands there once, at its earliest time', () => {
  const agenda = new Agenda();
  agenda.schedule('a', 10, task);
  agenda.schedule('a', 5, task);
  agenda.schedule('a', 7, task);
  assert.equal(agenda.peek()?.due, 5);
  assert.equal(agenda.take()?.key, 'a');
  assert.equal(agenda.take(), undefined);
});

test('a cancelled task is gone', () => {
  const agenda = new Agenda();
  agenda.schedule('a', 10, task);
  agenda.cancel('a');
  assert.equal(agenda.peek(), undefined);
});

test('what falls due in a span that is skipped is put off by its length, the rest stays', () => {
  const agenda = new Agenda();
  for (const [key, due] of [
    ['late', 200],
    ['second', 30],
    ['first', 20],
    ['third', 30],
  ] as const)
    agenda.schedule(key, due, task);
  agenda.skip(10, 110);
  const taken: [string, number][] = [];
  for (let entry = agenda.take(); entry !== undefined; entry = agenda.take()) taken.push([entry.key, entry.due]);
  assert.deepEqual(taken, [
    ['first', 120],
    ['second', 130],
    ['third', 130],
    ['late', 200],
  ]);
});
