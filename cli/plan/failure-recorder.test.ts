import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AssignmentStatus } from '../../functions/generated/types.ts';
import type { JsonObject } from '../../functions/kube/json.ts';
import type { KubeObject } from '../../functions/kube/object.ts';
import type { OfflineHub } from '../offline-hub/hub.ts';
import type { WatchEvent } from '../offline-hub/watch-event.ts';
import { FailureRecorder } from './failure-recorder.ts';

const report = (phase: AssignmentStatus['phase'], revision: string, message?: string): AssignmentStatus => ({
  ...{ cluster: 'eu-1', entry: 'e', revision, phase, objects: { desired: 1, ready: 0 } },
  messages: message === undefined ? [] : [message],
  since: '2026-01-01T00:00:00Z',
});

/** Lets a recorder see the reports of one slice, one a second. */
function failuresAfter(...reports: readonly AssignmentStatus[]) {
  let see: (event: WatchEvent) => void = () => assert.fail();
  const clock = { milliseconds: 0 };
  const recorder = new FailureRecorder({
    clock,
    store: {
      watch(watcher: (event: WatchEvent) => void) {
        see = watcher;
      },
    },
  } as unknown as OfflineHub);
  for (const each of reports) {
    clock.milliseconds += 1000;
    const object: KubeObject = {
      ...{ apiVersion: 'crossply.dev/v1alpha1', kind: 'AssignmentSlice' },
      metadata: { name: 's', namespace: 'team' },
      spec: { owner: { kind: 'App', name: 'web' } },
      status: { assignments: [each] } as unknown as JsonObject,
    };
    see({ type: 'Updated', object } as unknown as WatchEvent);
  }
  return recorder.failuresOf('App', 'team', 'web');
}

test('a cluster that never got healthy with a revision is told with what it said last, also after that was taken back', () => {
  const seen = [
    report('Applying', 'web-2'),
    report('Failed', 'web-2', 'refused'),
    report('Failed', 'web-2', 'refused again'),
    report('Healthy', 'web-1'),
  ];
  assert.deepEqual(failuresAfter(...seen), [
    { cluster: 'eu-1', revision: 'web-2', phase: 'Failed', message: 'refused again', at: 2000 },
  ]);
});

test('one that took its time and got healthy is none', () => {
  assert.deepEqual(failuresAfter(report('Unhealthy', 'web-1', '0 of 3 are ready'), report('Healthy', 'web-1')), []);
});
