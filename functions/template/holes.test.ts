import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatProblem } from '../kube/problem.ts';
import { collectExpressions } from './holes.ts';

test('expressions come sorted, each once, with the path of their first use', () => {
  const { expressions, problems, pathOf } = collectExpressions({
    spec: { a: ['${namespace}', 'x${cluster.name}y'], b: '${cluster.name}', c: '$${literal}' },
  });
  assert.deepEqual(expressions, ['cluster.name', 'namespace']);
  assert.deepEqual(problems, []);
  assert.equal(pathOf('cluster.name'), 'spec.a[1]');
  assert.equal(pathOf('other'), '');
});

test('every mistake is told with its path and hole', () => {
  const { problems } = collectExpressions(
    {
      spec: {
        env: [{ value: '${HOME}' }, { value: '${cluster.name +}' }, { value: '${open' }],
        annotations: { 'a/b': '${clusters.name}' },
        '${key}': 1,
      },
    },
    'manifest',
  );
  assert.deepEqual(problems.map(formatProblem).sort(), [
    `manifest.spec.annotations['a/b']: \${clusters.name}: "clusters" is not known; known here: app, cluster, namespace, replicas, share, tier`,
    'manifest.spec.env[0].value: ${HOME}: "HOME" is not known; known here: app, cluster, namespace, replicas, share, tier; for a literal ${HOME} write $${HOME}',
    'manifest.spec.env[1].value: ${cluster.name +}: is not CEL: found + but expecting end of input (line 1, column 14)',
    'manifest.spec.env[2].value: the hole opened at character 1 is never closed; for a literal ${ write $${',
    `manifest.spec['\${key}']: "\${key}" cannot be the name of a member`,
  ]);
});

test('what tells objects apart cannot have holes, elsewhere the same names may', () => {
  const hole = '${cluster.name}';
  const refused = collectExpressions({
    apiVersion: hole,
    kind: hole,
    metadata: { name: hole, namespace: hole, labels: { name: hole } },
  });
  assert.deepEqual(
    refused.problems.map(({ path }) => path),
    ['apiVersion', 'kind', 'metadata.name', 'metadata.namespace'],
  );
  assert.deepEqual(collectExpressions({ spec: { kind: hole, metadata: { name: hole } } }).problems, []);
});

test('__proto__ cannot be the name of a member', () => {
  const { problems } = collectExpressions(JSON.parse('{"spec": {"__proto__": {"a": 1}}}'));
  assert.deepEqual(problems.map(formatProblem), ['spec.__proto__: "__proto__" cannot be the name of a member']);
});
