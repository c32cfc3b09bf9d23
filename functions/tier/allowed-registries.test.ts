import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { isAllowed } from '../boundary/image-reference.ts';
import type { JsonObject } from '../kube/json.ts';
import { allowedRegistriesRule } from './allowed-registries.ts';
import { evaluateRule } from './evaluate-rule.ts';

const rule = allowedRegistriesRule(['registry.example.com/team']);
const good = 'registry.example.com/team/web:1';
const pod = (fields: JsonObject): JsonObject => ({ kind: 'Pod', metadata: { name: 'web' }, spec: fields });
const templated = (kind: string, fields: JsonObject): JsonObject => ({
  kind,
  metadata: { name: 'web' },
  spec: { template: { spec: fields } },
});
const refused = (images: string) => `images must come from registry.example.com/team, which these do not: ${images}`;

test('every kind of container and an image volume is looked at, and all that is wrong is named', () => {
  const given = {
    containers: [
      { name: 'a', image: 'a' },
      { name: 'good', image: good },
    ],
    initContainers: [{ name: 'b', image: 'b' }],
    ephemeralContainers: [{ name: 'c', image: 'c' }],
    volumes: [
      { name: 'd', image: { reference: 'd' } },
      { name: 'e', emptyDir: {} },
      { name: 'f', image: {} },
    ],
  };
  assert.equal(evaluateRule(rule, pod(given), null), refused('a, b, c, d'));
  assert.equal(evaluateRule(rule, pod({ containers: [{ name: 'a', image: good }, { name: 'b' }] }), null), undefined);
});

test('pod templates of every workload are looked at', () => {
  const bad = { containers: [{ name: 'a', image: 'evil' }] };
  for (const kind of ['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet', 'ReplicationController', 'Job']) {
    assert.equal(evaluateRule(rule, templated(kind, bad), null), refused('evil'), kind);
  }
  const cron = { kind: 'CronJob', metadata: {}, spec: { jobTemplate: { spec: { template: { spec: bad } } } } };
  assert.equal(evaluateRule(rule, cron, null), refused('evil'));
  assert.equal(
    evaluateRule(rule, { kind: 'PodTemplate', metadata: {}, template: { spec: bad } }, null),
    refused('evil'),
  );
});

test('an object without a template has no images', () => {
  assert.equal(evaluateRule(rule, { kind: 'ReplicationController', metadata: {}, spec: {} }, null), undefined);
  assert.equal(evaluateRule(rule, { kind: 'PodTemplate', metadata: {}, template: {} }, null), undefined);
});

test('what was there before an update may stay, a further image may not', () => {
  const old = pod({ containers: [{ name: 'a', image: 'old' }] });
  assert.equal(evaluateRule(rule, old, old), undefined);
  const grown = pod({ containers: [{ name: 'a', image: 'old' }], ephemeralContainers: [{ name: 'b', image: 'new' }] });
  assert.equal(evaluateRule(rule, grown, old), refused('new'));
});

test('the kinds and operations that can bring an image are matched', () => {
  assert.deepEqual(rule.resources['']?.includes('pods/ephemeralcontainers'), true);
  assert.deepEqual(rule.resources['batch'], ['cronjobs', 'jobs']);
});

test('the rule says of every image what the boundary on the hub says', () => {
  const host = fc.constantFrom(
    'docker.io',
    'index.docker.io',
    'registry.example.com',
    'localhost',
    'r.io:5000',
    'FOO',
    'x',
  );
  const path = fc.array(fc.constantFrom('team', 'team-evil', 'library', 'redis', 'a.b'), { maxLength: 3 });
  const entry = fc.tuple(host, path).map(([first, rest]) => [first, ...rest].join('/'));
  const suffix = fc.constantFrom('', ':1', '@sha256:abc', ':1@sha256:abc');
  const image = fc.tuple(
    fc.oneof(
      entry,
      path.filter((each) => each.length > 0).map((each) => each.join('/')),
    ),
    suffix,
  );
  fc.assert(
    fc.property(fc.array(entry, { minLength: 1, maxLength: 3 }), image, (allowed, [reference, tag]) => {
      const denied = evaluateRule(
        allowedRegistriesRule(allowed),
        pod({ containers: [{ image: reference + tag }] }),
        null,
      );
      assert.equal(denied === undefined, isAllowed(reference + tag, allowed));
    }),
    { numRuns: 300 },
  );
});
