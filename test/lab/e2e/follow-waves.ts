import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import { findCondition, type KubeObject } from '../../../functions/kube/object.ts';
import type { Api } from '../api.ts';
import { waitUntil } from '../wait-until.ts';
import type { Scenario } from './scenario.ts';

/** Where a cluster is on its way from what it had to what it is to have. */
export type Stage = 'old' | 'changing' | 'done';

/** Tells where a cluster is. */
export type StageOf = (member: Api, cluster: string) => Promise<Stage>;

/**
 * Watches clusters until all have changed and returns them in the order in which they did. Refuses when one began while
 * another one was not done, or when a cluster that no change is expected of began.
 */
export async function followWaves(
  scenario: Scenario,
  changing: number,
  stageOf: StageOf,
  seconds = 300,
): Promise<readonly string[]> {
  const begun: string[] = [];
  const look = (cluster: string) => stageOf(scenario.member(cluster), cluster);
  const mistake = await waitUntil(
    `${changing} clusters of ${scenario.tenant} to change one after the other`,
    async () => {
      for (const { name } of scenario.clusters.filter((cluster) => !begun.includes(cluster.name))) {
        if ((await look(name)) === 'old') continue;
        // Asked after the next one was seen to begin: whatever is done by then was rightly followed.
        const late = await firstThat(begun, async (earlier) => (await look(earlier)) !== 'done');
        if (late !== undefined) return `${name} began before ${late} was done`;
        begun.push(name);
      }
      if (begun.length > changing) return `more clusters changed than were to: ${begun.join(', ')}`;
      const isDone =
        begun.length === changing && (await firstThat(begun, async (each) => (await look(each)) !== 'done'));
      return isDone === undefined ? '' : undefined;
    },
    { seconds, everyMs: 200 },
  );
  assert.equal(mistake, '');
  return begun;
}

async function firstThat(clusters: readonly string[], is: (cluster: string) => Promise<boolean>) {
  for (const cluster of clusters) if (await is(cluster)) return cluster;
  return undefined;
}

/** Watches clusters for some seconds in which none of them may begin to change. */
export async function staysOld(scenario: Scenario, clusters: readonly string[], stageOf: StageOf, seconds: number) {
  for (const end = Date.now() + seconds * 1000; Date.now() < end; await delay(500)) {
    for (const cluster of clusters) {
      assert.equal(await stageOf(scenario.member(cluster), cluster), 'old', `${cluster} must not change yet`);
    }
  }
}

/** Tells whether a Deployment has all its pods available, and all of them from its template as it is now. */
export function isRolledOut({ metadata, spec, status, ...rest }: KubeObject): boolean {
  const { replicas = 1 } = spec as { replicas?: number };
  const now = (status ?? {}) as {
    observedGeneration?: number;
    updatedReplicas?: number;
    availableReplicas?: number;
    replicas?: number;
  };
  const isAvailable = findCondition({ metadata, status: status ?? {}, ...rest }, 'Available')?.status === 'True';
  const counts = [now.updatedReplicas, now.availableReplicas, now.replicas];
  return isAvailable && now.observedGeneration === metadata.generation && counts.every((count) => count === replicas);
}
