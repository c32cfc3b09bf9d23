import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readKubeconfig, writeKubeconfig } from './kubeconfig.ts';

const access = { server: 'https://127.0.0.1:6443/clusters/eu1', ca: 'CA\n', cert: 'CERT\n', key: 'KEY\n' };

test('a kubeconfig reads back as it was written', () => {
  assert.deepEqual(readKubeconfig(writeKubeconfig('eu1', access)), access);
});

test('plain HTTP needs no certificates', () => {
  const plain = writeKubeconfig('eu1', { ...access, server: 'http://127.0.0.1:1' });
  assert.deepEqual(readKubeconfig(plain), { server: 'http://127.0.0.1:1', ca: '', cert: '', key: '' });
});

test('what is missing is said', () => {
  const text = writeKubeconfig('eu1', access);
  assert.throws(() => readKubeconfig('a: b'), /no context "undefined" under contexts/);
  assert.throws(() => readKubeconfig('just text'), /must be a YAML mapping/);
  assert.throws(() => readKubeconfig(text.replace('client-key-data', 'client-key')), /has no client-key-data: put/);
  assert.throws(() => readKubeconfig(text.replace('server:', 'servant:')), /names no server/);
});
