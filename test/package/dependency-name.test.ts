import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dependencyName } from '../../package/dependency-name.ts';

for (const [repository, name] of [
  ['function-crossply', 'function-crossply'],
  ['crossplane-contrib/provider-kubernetes', 'crossplane-contrib-provider-kubernetes'],
  ['team/mirror.v2/function-crossply', 'team-mirror-v2-function-crossply'],
  ['my_team/function-crossply', 'myteam-function-crossply'],
  [`${'long/'.repeat(12)}abc-function`, `${'long-'.repeat(12)}abc`],
] as const) {
  test(`Crossplane names what it installs from ${repository} ${name}`, () => {
    assert.equal(dependencyName(repository), name);
  });
}
