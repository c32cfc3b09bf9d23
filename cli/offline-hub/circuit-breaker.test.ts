import assert from 'node:assert/strict';
import test from 'node:test';
import { CircuitBreaker, coreBreaker } from './circuit-breaker.ts';

function exhaust(breaker: CircuitBreaker, nowMs: number): number {
  let passed = 0;
  for (let event = 0; event < 150; event++) if (breaker.allows('App web', 'Object o', nowMs)) passed++;
  return passed;
}

test('a burst of 100 events passes, with the one that opens the circuit', () => {
  const breaker = new CircuitBreaker(coreBreaker);
  assert.equal(exhaust(breaker, 0), 101);
  assert.equal(breaker.openedBy('App web'), 'Object o');
  assert.equal(breaker.allows('App other', 'x', 0), true);
});

test('while it is open one event in 30 s passes', () => {
  const breaker = new CircuitBreaker(coreBreaker);
  exhaust(breaker, 0);
  assert.equal(breaker.allows('App web', 'x', 30_000), false);
  assert.equal(breaker.allows('App web', 'x', 30_001), true);
  assert.equal(breaker.allows('App web', 'x', 30_002), false);
});

test('it closes with the first event after five minutes', () => {
  const breaker = new CircuitBreaker(coreBreaker);
  exhaust(breaker, 0);
  breaker.allows('App web', 'x', 299_999);
  assert.equal(breaker.openedBy('App web'), 'Object o');
  breaker.allows('App web', 'x', 300_000);
  assert.equal(breaker.openedBy('App web'), undefined);
});

test('tokens come back at one a second', () => {
  const breaker = new CircuitBreaker(coreBreaker);
  for (let event = 0; event < 100; event++) breaker.allows('App web', 'x', 0);
  for (let second = 1; second <= 60; second++) breaker.allows('App web', 'x', second * 1000);
  assert.equal(breaker.openedBy('App web'), undefined);
});
