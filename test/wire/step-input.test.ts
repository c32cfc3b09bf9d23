import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Severity } from '../../functions/runtime/proto.ts';
import { answer, fatalOf, requestWith } from './requests.ts';
import { registryOf } from './test-functions.ts';

const registry = registryOf({ Paint: () => ({}), FanOut: () => ({}) });

for (const [what, input, said] of [
  [
    'no input',
    undefined,
    /^input\.kind: must be one of FanOut, Paint \(the step has no input\); give the pipeline step/,
  ],
  ['an input of no kind', { apiVersion: 'fn.crossply.dev/v1beta1' }, /must be one of FanOut, Paint \(got none\)/],
  ['an unknown kind', 'Pant', /^input\.kind: must be one of FanOut, Paint \(got "Pant"\); did you mean "Paint"\?$/],
  ['a kind that is a member of every object', 'constructor', /must be one of FanOut, Paint \(got "constructor"\)/],
  [
    'another apiVersion',
    { apiVersion: 'fn.crossply.dev/v1', kind: 'Paint' },
    /^input\.apiVersion: must be fn\.crossply\.dev\/v1beta1 \(got "fn\.crossply\.dev\/v1"\)/,
  ],
  ['no apiVersion', { kind: 'Paint' }, /^input\.apiVersion: must be fn\.crossply\.dev\/v1beta1 \(got none\)/],
  [
    'an unknown field',
    { apiVersion: 'fn.crossply.dev/v1beta1', kind: 'FanOut', spec: { scpoe: 'Cluster' } },
    /input\.spec\.scpoe: .*did you mean "scope"\?/,
  ],
  [
    'a value that is none of those allowed',
    { apiVersion: 'fn.crossply.dev/v1beta1', kind: 'FanOut', spec: { scope: 'Galaxy' } },
    /input\.spec\.scope: must be one of .*Cluster.*\(got "Galaxy"\)/,
  ],
] as const) {
  test(`a step with ${what} is refused`, () => {
    const { response, bug } = answer(registry, requestWith(input));
    assert.equal(bug, undefined);
    assert.equal(response.results[0]?.severity, Severity.SEVERITY_FATAL);
    assert.match(fatalOf(response), said);
  });
}
