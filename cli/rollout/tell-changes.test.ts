import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { KubeObject } from '../../functions/kube/object.ts';
import { follow } from './follow.ts';
import { sampleApp, sampleSubject, sampleWave } from './sample-subject.ts';
import { sampleTerminal } from './sample-terminal.ts';
import { readSubject } from './subject.ts';
import { isOver, tellChanges } from './tell-changes.ts';

const canary = sampleWave('canary', { state: 'Done', updated: 3, healthy: 3 });

test('only what has changed is told', () => {
  assert.deepEqual(tellChanges(sampleSubject(), sampleSubject()), []);
  const waves = [
    canary,
    sampleWave('prod', { state: 'Open', updated: 2, healthy: 1, failed: 1, approvedBy: ['bob', 'carol'] }),
    sampleWave('rest', { message: 'waits for wave prod: 1 of 3 clusters are healthy' }),
  ];
  const before = sampleSubject({
    progress: { waves: [canary, sampleWave('prod', { approvedBy: ['bob'] }), sampleWave('rest')] },
  });
  assert.deepEqual(tellChanges(before, sampleSubject({ progress: { waves } })), [
    'wave prod: Open; 2 of 3 updated, 1 healthy, 1 failed; approved by carol',
  ]);
});

test('brakes, phases and new rollouts are told', () => {
  const braked = sampleSubject({ progress: { brakes: ['AndonCord stop: no'] }, status: { phase: 'Paused' } });
  assert.deepEqual(tellChanges(sampleSubject(), braked), ['stopped: AndonCord stop: no', 'App team/web is Paused']);
  assert.deepEqual(tellChanges(braked, sampleSubject())[0], 'no longer stopped: AndonCord stop: no');
  const next = sampleSubject({ progress: { number: 3, waves: [canary] }, status: { revision: 'r3' } });
  assert.deepEqual(tellChanges(sampleSubject(), next), ['rollout 3 of revision r3 has begun, by anna']);
});

const over = { status: { phase: 'Healthy' }, progress: { endedAt: '2026-01-01T10:05:00Z', waves: [canary] } } as const;

test('a rollout is followed until it is over, or until its object is gone', async () => {
  assert.deepEqual([isOver(sampleSubject()), isOver(sampleSubject(over))], [false, true]);
  const looks: (KubeObject | undefined)[] = [sampleApp(), sampleApp({ progress: { waves: [canary] } }), undefined];
  for (const [end, code, last] of [
    [sampleApp(over), 0, '2026-01-01T10:06:00Z  App team/web is Healthy\n'],
    [undefined, 1, 'App team/web is no longer there'],
  ] as const) {
    const queue = [...looks.slice(0, 2), end];
    const terminal = sampleTerminal();
    const following = { read: async () => queue.shift(), now: () => Date.UTC(2026, 0, 1, 10, 6), everyMs: 0 };
    assert.equal(await follow(readSubject(sampleApp()), following, terminal), code);
    assert.match(terminal.lines[0] ?? '', /^2026-01-01T10:06:00Z {2}wave canary: 3 of 3 updated, 3 healthy\n$/);
    assert.equal(terminal.lines.at(-1), last);
  }
});
