import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { JsonObject } from '../kube/json.ts';
import type { KubeObject } from '../kube/object.ts';
import { renderKey } from '../revision/render-context.ts';
import { version } from '../version.ts';
import { tier } from './function.ts';

const apiVersion = 'crossply.dev/v1alpha1';
const platform: KubeObject = {
  apiVersion,
  kind: 'Platform',
  metadata: { name: 'web', namespace: 'platform' },
  spec: { owner: 'a', defaults: { podSecurity: 'Restricted' } },
};
const renderer = { name: 'crossply', version };

function run(platforms: readonly KubeObject[] | undefined, { spec = {}, status = {}, namespace = 'platform' } = {}) {
  const composite = {
    apiVersion,
    kind: 'Tier',
    metadata: { name: 'prod', namespace },
    spec: { platform: 'web', ...spec },
    status,
  };
  const earlier = { resource: { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'earlier' } } };
  return tier.run(
    {
      input: {},
      context: new Map(),
      observed: { composite, resources: new Map() },
      desired: { status: {}, resources: new Map([['earlier', earlier]]) },
      required: new Map(platforms === undefined ? [] : [['platform', platforms]]),
    },
    { now: 0 },
  );
}

const problemsOf = ({ context = {} }: ReturnType<typeof run>) =>
  (context[renderKey] as { problems: readonly JsonObject[] }).problems;

test('a Tier publishes its rules and adds its objects', () => {
  const answer = run([platform], { spec: { priorityClass: { value: 1 } } });
  assert.deepEqual(answer.requirements, {
    platform: { apiVersion, kind: 'Platform', namespace: 'platform', match: { name: 'web' } },
  });
  assert.deepEqual(answer.status, {
    policy: { podSecurity: 'Restricted', deletionPolicy: 'Protect', priorityClassName: 'platform.prod' },
  });
  assert.deepEqual(
    [...(answer.resources?.keys() ?? [])],
    [
      'earlier',
      'ClusterRole/crossply:platform:prod:view',
      'ClusterRole/crossply:platform:prod:edit',
      'ClusterRole/crossply:platform:prod:admin',
      'PriorityClass/platform.prod',
    ],
  );
  assert.deepEqual(answer.context, { [renderKey]: { renderer, problems: [] } });
});

test('without its Platform a Tier renders nothing and keeps the rules it published', () => {
  const policy = { podSecurity: 'Restricted', deletionPolicy: 'Protect' };
  const answer = run([], { status: { policy, phase: 'Healthy' } });
  assert.equal(answer.resources, undefined);
  assert.deepEqual(answer.status, { policy });
  assert.deepEqual(problemsOf(answer), [
    {
      path: 'spec.platform',
      message: 'there is no Platform "web" in namespace platform',
      hint: 'create it; what runs is kept meanwhile',
    },
  ]);
});

test('a Platform that was not supplied yet is not said to be missing', () => {
  const answer = run(undefined);
  assert.equal(answer.resources, undefined);
  assert.deepEqual(answer.status, {});
  assert.deepEqual(problemsOf(answer), [{ path: 'spec.platform', message: 'waiting for the Platform' }]);
});

test('a Tier with problems renders nothing', () => {
  const answer = run([platform], { spec: { requiredLabels: ['a b'] } });
  assert.equal(answer.resources, undefined);
  assert.deepEqual(
    problemsOf(answer).map(({ path }) => path),
    ['spec.requiredLabels[0]'],
  );
});

test('a health rule that does not compile is told with its place, and the rules stay as they were published', () => {
  const health = [{ group: 'example.org', kind: 'Widget', healthy: 'object.status.?phase == "fine"' }];
  const published = { podSecurity: 'Baseline', deletionPolicy: 'Protect' };
  const answer = run([platform], { spec: { health }, status: { policy: published } });
  assert.deepEqual(answer.status, { policy: published });
  const [problem] = problemsOf(answer);
  assert.equal(problem?.['path'], 'spec.health[0].healthy');
  assert.match(String(problem?.['hint']), /no optional syntax/);
});
