import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { memberNamespace } from './member-namespace.ts';

test('a name is joined to its hub namespace, with two dashes when it has a dash itself', () => {
  assert.deepEqual(memberNamespace('team', 'shop'), { value: 'team-shop' });
  assert.deepEqual(memberNamespace('team-a', 'shop'), { value: 'team-a-shop' });
  assert.deepEqual(memberNamespace('team', 'a-shop'), { value: 'team--a-shop' });
});

const refusals: readonly (readonly [hub: string, name: string, path: string, message: RegExp])[] = [
  ['team--a', 'shop', 'metadata.namespace', /two dashes in a row/],
  ['team', 'a--shop', 'metadata.name', /two dashes in a row/],
  ['t'.repeat(40), 's'.repeat(23), 'metadata.name', /at most 63 .* \(got 64\)/],
  ['kube', 'system', 'metadata.name', /kube-system.* reserved/],
  ['openshift', 'ingress-operator', 'metadata.name', /openshift--ingress-operator.* reserved/],
  ['crossplane', 'system', 'metadata.name', /crossplane-system.* reserved/],
  ['istio', 'system', 'metadata.name', /istio-system.* reserved/],
  ['cert', 'manager', 'metadata.name', /cert-manager.* reserved/],
];

for (const [hub, name, path, message] of refusals) {
  test(`${hub} and ${name} give no Namespace`, () => {
    const problems = memberNamespace(hub, name).problems ?? [];
    assert.deepEqual(
      problems.map((problem) => problem.path),
      [path],
    );
    assert.match(problems[0]?.message ?? '', message);
  });
}

test('63 characters are fine', () => {
  assert.equal(memberNamespace('t'.repeat(40), 's'.repeat(22)).value?.length, 63);
});

test('no two ComputeNamespaces share a Namespace', () => {
  const word = fc.stringMatching(/^[ab](-?[ab]){0,3}(--[ab])?$/);
  const pair = fc.tuple(word, word);
  fc.assert(
    fc.property(pair, pair, ([hubA, nameA], [hubB, nameB]) => {
      const a = memberNamespace(hubA, nameA).value;
      const b = memberNamespace(hubB, nameB).value;
      if (a !== undefined && a === b) assert.deepEqual([hubA, nameA], [hubB, nameB]);
    }),
    { numRuns: 5000 },
  );
});
