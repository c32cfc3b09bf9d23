import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { fullReference, isAllowed } from './image-reference.ts';

test('a reference is written out as container runtimes do', () => {
  const full: { readonly [image: string]: string } = {
    redis: 'docker.io/library/redis',
    'redis:7@sha256:ab': 'docker.io/library/redis:7@sha256:ab',
    'docker.io/redis:7': 'docker.io/library/redis:7',
    'index.docker.io/redis': 'docker.io/library/redis',
    'index.docker.io/team/web': 'docker.io/team/web',
    'team/web': 'docker.io/team/web',
    'localhost/web': 'localhost/web',
    'host:5000/web': 'host:5000/web',
    'HOST/web': 'HOST/web',
    'registry.example.com/web': 'registry.example.com/web',
  };
  for (const [image, expected] of Object.entries(full)) assert.equal(fullReference(image), expected, image);
});

const cases: readonly (readonly [image: string, entry: string, isAllowed: boolean])[] = [
  ['registry.example.com/team/web:1', 'registry.example.com/team', true],
  ['registry.example.com/team:1', 'registry.example.com/team', true],
  ['registry.example.com/team@sha256:ab', 'registry.example.com/team', true],
  ['registry.example.com/team-evil/web', 'registry.example.com/team', false],
  ['registry.example.com.evil.com/team/web', 'registry.example.com', false],
  ['registry.example.com:5000/web', 'registry.example.com', false],
  ['registry.example.com:5000/web', 'registry.example.com:5000', true],
  ['evil.com/registry.example.com/team/web', 'registry.example.com/team', false],
  ['redis:7', 'docker.io/library', true],
  ['docker.io/redis', 'docker.io/library', true],
  ['redis', 'docker.io/redis', true],
  ['redis/tools', 'docker.io/library', false],
  ['team/web', 'docker.io', true],
  ['team/web', 'team', true],
  ['HOST/web', 'docker.io', false],
  // Without a slash this is an official image of Docker Hub, however much it looks like a registry.
  ['registry.example.com', 'registry.example.com', false],
  ['registry.example.com:5000', 'registry.example.com:5000', false],
];

for (const [image, entry, expected] of cases) {
  test(`${entry} ${expected ? 'allows' : 'refuses'} ${image}`, () => assert.equal(isAllowed(image, [entry]), expected));
}

test('an entry allows what is below it, never a sibling whose name begins with its own', () => {
  const segment = fc.stringMatching(/^[a-z0-9]([a-z0-9._-]{0,6}[a-z0-9])?$/);
  const entry = fc
    .tuple(
      fc.constantFrom('registry.example.com', 'r.io:5000', 'docker.io'),
      fc.array(segment, { minLength: 1, maxLength: 3 }),
    )
    .map(([host, path]) => [host, ...path].join('/'));
  const tag = fc.constantFrom('', ':1.4', '@sha256:abcd', ':1@sha256:abcd');
  const more = fc.stringMatching(/^[a-z0-9._-]{0,4}[a-z0-9]$/);
  fc.assert(
    fc.property(entry, segment, more, tag, (allowed, below, suffix, version) => {
      assert.ok(isAllowed(`${allowed}/${below}${version}`, [allowed]));
      assert.ok(isAllowed(`${allowed}${version}`, [allowed]));
      assert.ok(!isAllowed(`${allowed}${suffix}${version}`, [allowed]));
      assert.ok(!isAllowed(`${allowed}${suffix}/${below}${version}`, [allowed]));
      assert.ok(!isAllowed(`evil.example.com/${allowed}/${below}`, [allowed]));
    }),
  );
});
