import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { JsonObject } from '../kube/json.ts';
import type { KubeObject } from '../kube/object.ts';
import { reportAndonCord } from './report-andon-cord.ts';

function run(spec: JsonObject) {
  const composite: KubeObject = {
    apiVersion: 'crossply.dev/v1alpha1',
    kind: 'AndonCord',
    metadata: { name: 'x' },
    spec,
  };
  return reportAndonCord({ composite, required: new Map(), now: 0 });
}

test('a cord tells what it stops, asks for nothing, and is valid and ready', () => {
  assert.deepEqual(run({ reason: 'fire', tiers: [{ namespace: 'web', name: 'prod' }] }), {
    status: { scope: 'tier web/prod' },
    conditions: [{ type: 'Valid', status: 'True', reason: 'Valid', message: '' }],
    ready: true,
  });
});

test('a cord whose labels nothing can have is told so', () => {
  const answer = run({ reason: 'fire', selector: { matchLabels: { team: 'the shop' } } });
  assert.deepEqual(answer.conditions, [
    {
      type: 'Valid',
      status: 'False',
      reason: 'Invalid',
      message: `spec.selector.matchLabels['team']: must be a label value (got "the shop")`,
    },
  ]);
  assert.equal(answer.ready, false);
});
