import type { Rollout, RolloutProgress, RolloutStatus } from '../../functions/generated/types.ts';
import type { JsonObject } from '../../functions/kube/json.ts';
import type { KubeObject } from '../../functions/kube/object.ts';
import { readSubject, type Subject } from './subject.ts';

/** What a sample App is like; what is not said is as in the middle of an ordinary rollout. */
export interface Sample {
  readonly rollout?: Rollout;
  readonly status?: Partial<RolloutStatus>;
  readonly progress?: Partial<RolloutProgress>;
  readonly conditions?: readonly JsonObject[];
  /** Nobody when it is empty. */
  readonly editor?: string;
}

/** Returns the wave of a sample rollout. */
export function sampleWave(
  name: string,
  more: Partial<RolloutProgress['waves'][number]> = {},
): RolloutProgress['waves'][number] {
  return { name, state: 'Waiting', clusters: 3, updated: 0, healthy: 0, failed: 0, ...more };
}

/** Returns the App team/web, whose wave canary is done and whose wave prod waits for one of two approvals. */
export function sampleApp({
  rollout = {},
  status,
  progress,
  conditions = [],
  editor = 'anna',
}: Sample = {}): KubeObject {
  const whole: RolloutStatus = {
    phase: 'Progressing',
    revision: 'r2',
    rollout: {
      ...{ number: 2, direction: 'Forward', by: 'anna', startedAt: '2026-01-01T10:00:00Z', stable: 'r1' },
      message: 'waits for 1 of 2 approvals of revision r2',
      waves: [
        sampleWave('canary', { state: 'Done', clusters: 1, updated: 1, healthy: 1, openedAt: '2026-01-01T10:00:00Z' }),
        sampleWave('prod', {
          approvals: { given: 1, wanted: 2 },
          message: 'waits for 1 of 2 approvals of revision r2',
        }),
      ],
      history: [
        {
          ...{ number: 1, revision: 'r1', by: 'bob', outcome: 'Completed' },
          ...{ startedAt: '2025-12-24T10:00:00Z', endedAt: '2025-12-24T10:05:00Z' },
        },
      ],
      ...progress,
    },
    ...status,
  };
  const annotations = editor === '' ? {} : { annotations: { 'crossply.dev/last-editor': editor } };
  return {
    apiVersion: 'crossply.dev/v1alpha1',
    kind: 'App',
    metadata: { name: 'web', namespace: 'team', ...annotations },
    spec: { computeNamespace: 'live', rollout: rollout as JsonObject },
    status: { ...whole, conditions } as unknown as JsonObject,
  };
}

/** Returns that App as the commands see it. */
export function sampleSubject(sample: Sample = {}): Subject {
  return readSubject(sampleApp(sample));
}
