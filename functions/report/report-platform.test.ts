import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { KubeObject } from '../kube/object.ts';
import { reportPlatform } from './report-platform.ts';

const apiVersion = 'crossply.dev/v1alpha1';
const tier = (name: string, platform: string): KubeObject => ({
  apiVersion,
  kind: 'Tier',
  metadata: { name, namespace: 'platform' },
  spec: { platform },
});

function run(tiers: readonly KubeObject[] | undefined) {
  const composite = {
    apiVersion,
    kind: 'Platform',
    metadata: { name: 'web', namespace: 'platform' },
    status: { tiers: ['known'] },
  };
  return reportPlatform({ composite, required: new Map(tiers === undefined ? [] : [['tiers', tiers]]), now: 0 });
}

test('a Platform lists its own Tiers, sorted, and is valid and ready', () => {
  const answer = run([tier('staging', 'web'), tier('other', 'data'), tier('prod', 'web')]);
  assert.deepEqual(answer.status, { tiers: ['prod', 'staging'] });
  assert.equal(answer.ready, true);
  assert.deepEqual(answer.conditions, [{ type: 'Valid', status: 'True', reason: 'Valid', message: '' }]);
});

test('all Tiers of its namespace are asked for; what was reported stays until they are there', () => {
  const answer = run(undefined);
  assert.deepEqual(answer.requirements, {
    tiers: { apiVersion, kind: 'Tier', namespace: 'platform', match: { labels: {} } },
  });
  assert.deepEqual(answer.status, { tiers: ['known'] });
  assert.deepEqual(run([]).status, { tiers: [] });
});

test('no more Tiers are listed than a status may hold', () => {
  const many = Array.from({ length: 300 }, (_, index) => tier(`t${index}`, 'web'));
  assert.equal((run(many).status as { tiers: readonly string[] }).tiers.length, 256);
});
