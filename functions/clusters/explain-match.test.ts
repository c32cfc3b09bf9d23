import assert from 'node:assert/strict';
import { test } from 'node:test';
import { explainMatch } from './explain-match.ts';

const cluster = { name: 'eu-1', labels: { region: 'eu' }, properties: {}, version: 'v1.35.0', set: 'prod' };

test('membership is reason enough when nothing more was asked', () => {
  assert.equal(explainMatch({}, cluster), 'member of prod');
});

test('every part that was asked for is told with the fact that met it', () => {
  const selection = {
    clusterNames: ['eu-1'],
    clusterSelector: {
      matchLabels: { region: 'eu' },
      matchExpressions: [{ key: 'gpu', operator: 'DoesNotExist' as const }],
    },
    cel: 'cluster.version >= "v1.34"',
  };
  assert.equal(
    explainMatch(selection, cluster),
    'member of prod, named, no gpu, region=eu, cluster.version >= "v1.34"',
  );
});
