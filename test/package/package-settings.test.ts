import assert from 'node:assert/strict';
import { test } from 'node:test';
import { version } from '../../functions/version.ts';
import { readPackageSettings, usage } from '../../package/package-settings.ts';

test('without flags it packages a release of this version for both architectures', () => {
  assert.deepEqual(readPackageSettings([]), {
    registry: 'xpkg.crossply.dev',
    version,
    folder: 'dist',
    architectures: ['amd64', 'arm64'],
  });
});

test('flags say otherwise', () => {
  const flags = [
    '--registry',
    '127.0.0.1:5000/team',
    '--version=1.2.3-rc.1',
    '--output',
    '/tmp/out',
    '--arch',
    'arm64',
  ];
  assert.deepEqual(readPackageSettings(flags), {
    registry: '127.0.0.1:5000/team',
    version: '1.2.3-rc.1',
    folder: '/tmp/out',
    architectures: ['arm64'],
  });
});

test('help names every flag', () => {
  assert.equal(readPackageSettings(['-h']), 'help');
  assert.deepEqual(usage.match(/--[a-z]+/g)?.sort(), ['--arch', '--help', '--output', '--registry', '--version']);
});

for (const [flags, error] of [
  [['--registry', 'https://a.example'], /^--registry: must be HOST\[:PORT\].*\(got "https:\/\/a\.example"\)$/],
  [['--registry', 'crossply'], /^--registry: .*\(got "crossply"\)$/],
  [['--registry', 'a.example/'], /^--registry: .*\(got "a\.example\/"\)$/],
  [['--registry', 'a.example/x:v1'], /^--registry: .*without a scheme or tag.*\(got "a\.example\/x:v1"\)$/],
  [['--version', 'v1.2.3'], /^--version: .*without a leading v.*\(got "v1\.2\.3"\)$/],
  [['--version', '1.2'], /^--version: .*\(got "1\.2"\)$/],
  [['--version', '1.2.3+4'], /^--version: .*\(got "1\.2\.3\+4"\)$/],
  [['--arch', 'amd64,s390x'], /^--arch: must be one or more of amd64, arm64, with commas \(got "s390x"\)$/],
  [['--arch', ''], /^--arch: .*\(got ""\)$/],
  [['--output', ''], /^--output: must be a folder/],
  [['--versoin', '1.2.3'], /^Unknown option '--versoin'$/],
  [['--version'], /--version/],
  [['now'], /^Unexpected argument 'now'/],
] as const) {
  test(`${flags.join(' ')} is refused in one sentence`, () => {
    const settings = readPackageSettings(flags);
    assert.ok(typeof settings === 'object' && 'error' in settings);
    assert.match(settings.error, error);
  });
}
