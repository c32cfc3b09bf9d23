import assert from 'node:assert/strict';
import { findCondition, type KubeObject } from '../../../../functions/kube/object.ts';
import { deploymentOf } from '../deployment-of.ts';
import type { Scenario } from '../scenario.ts';
import type { ScenarioObjects } from '../scenario-objects.ts';

/** When a cluster's Deployment was last written by the provider, and when its pods were all new and available after that. */
export interface Wave {
  readonly cluster: string;
  readonly written: number;
  readonly available: number;
}

/**
 * Checks, from what the members themselves recorded, that a Deployment whose pods changed did so in one cluster after the
 * other, each after the one before was available. API servers stamp whole seconds, so equal stamps may be in order.
 */
export async function assertOneByOne(scenario: Scenario, clusters: readonly string[]): Promise<readonly Wave[]> {
  const waves = await Promise.all(
    clusters.map(async (cluster) => waveOf(cluster, await deploymentOf(scenario, cluster))),
  );
  const ordered = waves.toSorted((a, b) => a.written - b.written || a.available - b.available);
  for (const [index, { cluster, written }] of ordered.entries()) {
    const before = ordered[index - 1];
    if (before === undefined) continue;
    const said = `${cluster} was written at ${stamp(written)}, ${before.cluster} was available at ${stamp(before.available)}`;
    assert.ok(before.available <= written, said);
  }
  return ordered;
}

/** Checks, by the stamps of all their objects, that one cluster was written to after the other; objects that are not of the rollout must be left out. */
export function assertWrittenInTurn(objects: ScenarioObjects): void {
  const spans = [...objects].map(([cluster, held]) => {
    const times = [...held.values()].map(writtenAt);
    return { cluster, first: Math.min(...times), last: Math.max(...times) };
  });
  const ordered = spans.toSorted((a, b) => a.first - b.first || a.last - b.last);
  for (const [index, { cluster, first }] of ordered.entries()) {
    const before = ordered[index - 1];
    const said = `${cluster} was written from ${stamp(first)}, ${before?.cluster} until ${stamp(before?.last ?? 0)}`;
    assert.ok(before === undefined || before.last <= first, said);
  }
}

function waveOf(cluster: string, deployment: KubeObject): Wave {
  // The controller renews this condition when the last new pod has become available.
  const progressing = findCondition(deployment, 'Progressing');
  assert.equal(progressing?.reason, 'NewReplicaSetAvailable', `${cluster}: the Deployment is not done`);
  return {
    cluster,
    written: writtenAt(deployment),
    available: Date.parse(String(progressing['lastUpdateTime'])),
  };
}

/** When the provider last changed an object of a member. */
function writtenAt({ metadata }: KubeObject): number {
  const fields = metadata['managedFields'] as readonly { manager: string; time: string }[];
  const written = fields.filter(({ manager }) => manager.startsWith('provider-kubernetes/'));
  return Math.max(...written.map(({ time }) => Date.parse(time)));
}

function stamp(time: number): string {
  return new Date(time).toISOString();
}
