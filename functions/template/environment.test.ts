import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatProblem } from '../kube/problem.ts';
import {
  checkHoleExpression,
  evaluateExpressions,
  TEMPLATE_VARIABLES,
  type TemplateEnvironment,
} from './environment.ts';

const environment: TemplateEnvironment = {
  cluster: { name: 'eu-1', labels: { region: 'eu' }, properties: { cpus: '16' }, version: 'v1.34.2', set: 'prod' },
  app: { name: 'shop', namespace: 'team-a', labels: { 'team.example.com/id': '7' } },
  tier: { name: 'gold', namespace: 'platform', platform: 'main' },
  namespace: 'team-a-web',
  replicas: { frontend: 4 },
  share: { frontend: { '6': 3 } },
};

test('every variable can be used', () => {
  assert.deepEqual([...TEMPLATE_VARIABLES].sort(), Object.keys(environment).sort());
  const { values, problems } = evaluateExpressions(
    [
      'cluster.labels.region',
      'app.labels["team.example.com/id"]',
      'tier.platform',
      'namespace',
      'replicas.frontend / 2',
      'share["frontend"]["6"]',
    ],
    environment,
  );
  assert.deepEqual(problems, []);
  assert.deepEqual([...values.values()], ['eu', '7', 'main', 'team-a-web', 2, 3]);
});

test('null is a value', () => {
  assert.deepEqual([...evaluateExpressions(['null'], environment).values], [['null', null]]);
});

test('what fails is told with path and hole, and does not hide the others', () => {
  const { values, problems } = evaluateExpressions(
    ['cluster.labels.zone', 'namespace', 'nope'],
    environment,
    (expression) => `spec.${expression.length}`,
  );
  assert.deepEqual([...values.keys()], ['namespace']);
  assert.deepEqual(problems.map(formatProblem), [
    'spec.19: ${cluster.labels.zone}: field not found: zone; cluster.labels["zone"] is not set; use "zone" in cluster.labels ? cluster.labels["zone"] : …',
    'spec.4: ${nope}: "nope" is not known; known here: app, cluster, namespace, replicas, share, tier',
  ]);
});

test('an expression can be checked without a cluster', () => {
  assert.deepEqual(checkHoleExpression('cluster.labels.zone', 'spec'), []);
  assert.equal(checkHoleExpression('PATH', 'spec')[0]?.hint?.endsWith('for a literal ${PATH} write $${PATH}'), true);
});
