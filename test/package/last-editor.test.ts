import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { parseAllDocuments } from 'yaml';

type Expression = { readonly name: string; readonly expression: string };
type Policy = {
  readonly kind: string;
  readonly metadata: { readonly name: string };
  readonly spec: {
    readonly matchConstraints: object;
    readonly matchConditions?: readonly Expression[];
    readonly variables?: readonly Expression[];
  };
};

/** Returns the policy of a kind about last editors in a file of the package folder. */
function policyIn(file: string, kind: string): Policy['spec'] {
  const text = readFileSync(join(import.meta.dirname, '..', '..', 'package', file), 'utf8');
  const policies = parseAllDocuments(text).map((document) => document.toJS() as Policy);
  const found = policies.find((policy) => policy.kind === kind && policy.metadata.name === 'last-editor.crossply.dev');
  return found?.spec ?? assert.fail(`${file} has no ${kind}`);
}

/** The lab's API server is too old for the first, so nothing else would tell when they part. */
test('the last editor is written in just the cases in which the name is checked', () => {
  const writes = policyIn('last-editor.yaml', 'MutatingAdmissionPolicy');
  const checks = policyIn('admission.yaml', 'ValidatingAdmissionPolicy');
  assert.deepEqual(writes.matchConstraints, checks.matchConstraints);
  const expressionOf = (list: readonly Expression[] | undefined, name: string) =>
    list?.find((each) => each.name === name)?.expression ?? assert.fail(name);
  assert.equal(
    expressionOf(writes.matchConditions, 'not-by-core'),
    expressionOf(checks.matchConditions, 'not-by-core'),
  );
  assert.equal(expressionOf(writes.matchConditions, 'changes-spec'), expressionOf(checks.variables, 'changesSpec'));
});
