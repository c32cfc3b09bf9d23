import assert from 'node:assert/strict';
import { test } from 'node:test';
import { admitReserved, parserName, userWords } from './cel-reserved.ts';

test('the variable is renamed; fields, other names and texts are not', () => {
  assert.equal(admitReserved('namespace+app.namespace'), 'namespac_+app.namespace');
  assert.equal(admitReserved('[namespace, app . namespace]'), '[namespac_, app . namespace]');
  assert.equal(admitReserved('namespaces + my_namespace'), 'namespaces + my_namespace');
  assert.equal(
    admitReserved(`"namespace" + r'\\' + namespace + '''namespace'''`),
    `"namespace" + r'\\' + namespac_ + '''namespace'''`,
  );
  assert.equal(admitReserved(`"namespace`), `"namespace`);
});

test('names of variables and words of messages go to and fro', () => {
  assert.equal(parserName('cluster'), 'cluster');
  assert.equal(userWords(`${parserName('namespace')} is "x"`), 'namespace is "x"');
});
