import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Override } from '../generated/types.ts';
import { formatProblem } from '../kube/problem.ts';
import { compileRevision } from './compile-revision.ts';
import type { RevisionContent } from './revision-content.ts';

const anywhere = { clusterNames: ['a'] };

function content(overrides: readonly Override[] = []): RevisionContent {
  return {
    templates: {
      web: {
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        metadata: { name: 'web' },
        spec: { replicas: '${replicas["web"]}', template: { spec: { containers: [{ name: 'web', image: 'web:1' }] } } },
      },
      config: {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: { name: 'config' },
        data: { on: 'runs on ${cluster.name}' },
      },
    },
    overrides,
  };
}

const image = (name: string): Override => ({
  clusters: anywhere,
  target: { kind: 'Deployment', name: 'web' },
  merge: { spec: { template: { spec: { containers: [{ name: 'web', image: name }] } } } },
});

const values = new Map<string, string | number>([
  ['cluster.name', 'eu-1'],
  ['cluster.set', 'eu'],
  ['replicas["web"]', 3],
]);

const spec = (revision: RevisionContent, overrides: readonly number[]) =>
  JSON.stringify(compileRevision(revision).instantiate(overrides, values).value?.get('web')?.spec);

test('a cluster gets every template with its holes filled', () => {
  const instance = compileRevision(content()).instantiate([], values).value;
  assert.deepEqual(instance?.get('config')?.['data'], { on: 'runs on eu-1' });
  assert.match(JSON.stringify(instance?.get('web')?.spec), /"replicas":3/);
});

test('only the holes that a cluster fills are asked for, and each says where it is', () => {
  const patched = content([{ ...image('web:${cluster.set}'), name: 'sets' }]);
  const compiled = compileRevision(patched);
  assert.deepEqual(compiled.expressions([]).value?.expressions, ['cluster.name', 'replicas["web"]']);
  assert.deepEqual(compiled.expressions([0]).value?.expressions, ['cluster.name', 'cluster.set', 'replicas["web"]']);
  assert.equal(compiled.expressions([]).value?.pathOf('cluster.name'), 'ConfigMap/config data.on');
});

describe('overrides', () => {
  test('apply in order, the later one wins, and only where they are asked for', () => {
    const revision = content([image('web:2'), image('web:3')]);
    assert.match(spec(revision, [0, 1]), /web:3/);
    assert.match(spec(revision, [0]), /web:2/);
    assert.match(spec(revision, []), /web:1/);
  });

  test('a JSON patch that finds nothing is told with the override, the object and the pointer', () => {
    const patches = [{ op: 'replace' as const, path: '/spec/strategy/type', value: 'Recreate' }];
    const revision = content([{ clusters: anywhere, target: { kind: 'Deployment' }, patches }]);
    const [problem] = compileRevision(revision).instantiate([0], values).problems ?? [];
    assert.match(
      problem === undefined ? '' : formatProblem(problem),
      /^spec\.overrides\[0\]\.patches on Deployment\/web \/spec\/strategy/,
    );
  });

  test('may not make an object another object', () => {
    const renamed = content([
      { clusters: anywhere, target: { kind: 'ConfigMap' }, merge: { metadata: { name: 'other' } } },
    ]);
    const [problem] = compileRevision(renamed).instantiate([0], values).problems ?? [];
    assert.match(problem?.message ?? '', /must not change apiVersion, kind, name or namespace of ConfigMap\/config/);
  });
});

test('a value that is missing is a problem, not an empty field', () => {
  const { problems } = compileRevision(content()).instantiate([], new Map());
  assert.equal(problems?.length, 2);
});

test('more expressions than an assignment can list are refused', () => {
  const data = Object.fromEntries(
    Array.from({ length: 513 }, (_, index) => [`k${index}`, `\${cluster.name + "${index}"}`]),
  );
  const templates = { config: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'config' }, data } };
  assert.match(
    compileRevision({ templates, overrides: [] }).expressions([]).problems?.[0]?.message ?? '',
    /uses 513 different/,
  );
});
