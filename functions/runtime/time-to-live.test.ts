import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { KubeObject } from '../kube/object.ts';
import { timeToLive } from './time-to-live.ts';

const now = Date.UTC(2026, 0, 1, 12);

function object(secondsAgo: number, more: { type?: string; status?: string } = {}): KubeObject {
  const lastTransitionTime = new Date(now - secondsAgo * 1000).toISOString();
  const { type = 'Ready', status = 'True' } = more;
  return {
    apiVersion: 'v1',
    kind: 'X',
    metadata: { name: 'x' },
    status: { conditions: [{ type, status, reason: 'R', lastTransitionTime }] },
  };
}

test('ten seconds while anything converges, five for a composite of slices', () => {
  const facts = { now, isConverging: true, objects: [object(86_400)] };
  assert.equal(timeToLive(facts), 10);
  assert.equal(timeToLive({ ...facts, composesSlices: true }), 5);
});

test('ten until a minute and a half after the youngest transition: an event may have been dropped', () => {
  assert.equal(timeToLive({ now, isConverging: false, objects: [object(86_400), object(89)] }), 10);
  assert.equal(timeToLive({ now, isConverging: false, objects: [object(90)] }), 3600);
});

test('while core says that its circuit breaker is open, half a minute at first and a minute later on', () => {
  const unresponsive = (secondsAgo: number) => [object(secondsAgo, { type: 'Responsive', status: 'False' })];
  assert.equal(timeToLive({ now, isConverging: false, objects: unresponsive(89) }), 10);
  assert.equal(timeToLive({ now, isConverging: false, objects: unresponsive(90) }), 30);
  assert.equal(timeToLive({ now, isConverging: false, objects: unresponsive(359) }), 30);
  assert.equal(timeToLive({ now, isConverging: false, objects: unresponsive(360) }), 60);
  assert.equal(timeToLive({ now, isConverging: false, objects: [...unresponsive(360), object(86_400)] }), 60);
});

test('else the time to the next gate, at most an hour and at least a second', () => {
  const rest = { now, isConverging: false, objects: [] };
  assert.equal(timeToLive(rest), 3600);
  assert.equal(timeToLive({ ...rest, nextGate: now + 90_500 }), 91);
  assert.equal(timeToLive({ ...rest, nextGate: now + 7_200_000 }), 3600);
  assert.equal(timeToLive({ ...rest, nextGate: now - 1 }), 1);
});

test('a decision that time alone allows is not a second late, however soon one would look anyway', () => {
  const nextGate = now + 3_000;
  assert.equal(timeToLive({ now, isConverging: true, objects: [], nextGate }), 3);
  assert.equal(timeToLive({ now, isConverging: false, objects: [object(1)], nextGate }), 3);
});
