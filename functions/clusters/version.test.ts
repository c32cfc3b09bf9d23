import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { compareVersions, parseVersion } from './version.ts';

function order(have: string, wanted: string): number {
  const [one, other] = [parseVersion(have), parseVersion(wanted)];
  return one === undefined || other === undefined ? assert.fail(`${have}, ${wanted}`) : compareVersions(one, other);
}

test('versions are read part by part', () => {
  assert.deepEqual(parseVersion('v1.34.2'), { major: 1, minor: 34, patch: 2 });
  assert.deepEqual(parseVersion('1.33'), { major: 1, minor: 33 });
  assert.deepEqual(parseVersion('v1.34.0-rc.1+abc'), { major: 1, minor: 34, patch: 0, preRelease: 'rc.1' });
  assert.deepEqual(parseVersion('v1.33.4-gke.100'), { major: 1, minor: 33, patch: 4, vendor: 'gke.100' });
  assert.deepEqual(parseVersion('v1.33.4-alphabet.1')?.vendor, 'alphabet.1');
});

test('other texts are no versions', () => {
  for (const text of ['', '1', 'v1', '1.33+', '1.33-rc.1', '1.2.3.4', 'eu', ' 1.33']) {
    assert.equal(parseVersion(text), undefined, text);
  }
});

describe('versions compare', () => {
  test('by major, minor and patch, as numbers', () => {
    assert.equal(order('v1.9.0', 'v1.10.0'), -1);
    assert.equal(order('v2.0.0', 'v1.99.99'), 1);
    assert.equal(order('v1.33.10', 'v1.33.9'), 1);
    assert.equal(order('v1.33.4', '1.33.4'), 0);
  });

  test('not by parts that the wanted one leaves out', () => {
    assert.equal(order('v1.33.7', '1.33'), 0);
    assert.equal(order('v1.33.4-gke.100', 'v1.33.4'), 0);
    assert.equal(order('v1.33.4+k3s1', 'v1.33.4+k3s2'), 0);
    assert.equal(order('v1.34.0', '1.33'), 1);
  });

  test('with parts that only the version itself lacks as the lowest', () => {
    assert.equal(order('1.33', 'v1.33.1'), -1);
    assert.equal(order('1.33', 'v1.33.0'), 0);
    assert.equal(order('v1.33.4', 'v1.33.4-gke.100'), -1);
  });

  test('with pre-releases before their release, as in semver', () => {
    const ascending = ['v1.34.0-alpha.2', 'v1.34.0-beta.1', 'v1.34.0-rc.2', 'v1.34.0-rc.10', 'v1.34.0'];
    for (const [index, version] of ascending.entries()) {
      for (const [other, wanted] of ascending.entries()) {
        assert.equal(order(version, wanted), Math.sign(index - other), `${version}, ${wanted}`);
      }
    }
    assert.equal(order('v1.34.0-rc.1', '1.34'), -1);
    assert.equal(order('v1.34.0-rc.1', '1.33'), 1);
    assert.equal(order('v1.33.5-rc.1', '1.33'), 0);
    assert.equal(order('v1.34.0-rc', 'v1.34.0-rc.1'), -1);
    assert.equal(order('v1.34.0-rc.1', 'v1.34.0-rc'), 1);
    assert.equal(order('v1.34.0-rc.1', 'v1.34.0-rc.x'), -1);
  });

  test('with vendors after the release and among themselves', () => {
    assert.equal(order('v1.33.4-gke.100', 'v1.33.4-gke.99'), 1);
    assert.equal(order('v1.33.4-gke.100', 'v1.33.4-rc.1'), 1);
    assert.equal(order('v1.33.4-rc.1', 'v1.33.4-gke.100'), -1);
  });

  test('the other way round when they are swapped and whole', () => {
    const suffix = fc.constantFrom('', '-rc.1', '-rc.2', '-alpha.0');
    const whole = fc.tuple(fc.nat(3), fc.nat(3), fc.nat(3), suffix).map(([a, b, c, d]) => `v${a}.${b}.${c}${d}`);
    fc.assert(fc.property(whole, whole, (one, other) => assert.equal(order(one, other) + order(other, one), 0)));
  });
});
