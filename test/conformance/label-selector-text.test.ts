import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatLabelSelector, parseLabelSelector } from './label-selector-text.ts';

function problemOf(text: string): string {
  return parseLabelSelector(text).problems?.[0]?.message ?? 'none';
}

test('requirements and their values come out sorted', () => {
  const { value } = { value: undefined, ...parseLabelSelector('b notin (y,x), a==1, !c, d, e>3') };
  assert.deepEqual(value, [
    { key: 'a', operator: '=', values: ['1'] },
    { key: 'b', operator: 'notIn', values: ['x', 'y'] },
    { key: 'c', operator: 'notExists', values: [] },
    { key: 'd', operator: 'exists', values: [] },
    { key: 'e', operator: '>', values: ['3'] },
  ]);
});

test('the printed text reads back', () => {
  const text = 'a=1,b notin (x,y),!c,d,e>3,f in (,z),g!=,h<2';
  const parsed = parseLabelSelector(text);
  assert.equal(parsed.problems, undefined);
  assert.equal(formatLabelSelector(parsed.problems === undefined ? parsed.value : []), text);
});

test('words of the grammar may be keys and values', () => {
  assert.equal(problemOf('in in (in,notin)'), 'none');
  assert.equal(problemOf('notin'), 'none');
});

test('a mistake is told with its place', () => {
  assert.equal(problemOf('a,'), '"a," is not a label selector: expected a label key, got the end');
  assert.equal(problemOf('a in x'), '"a in x" is not a label selector: expected "(", got "x" at character 6');
  assert.equal(problemOf('a b'), '"a b" is not a label selector: expected an operator, got "b" at character 3');
  assert.equal(problemOf('!a=b'), '"!a=b" is not a label selector: expected "," or the end, got "=" at character 3');
  assert.equal(problemOf('a>=1'), '"a>=1" is not a label selector: expected a value, got "=" at character 3');
  assert.equal(problemOf('a=b c'), '"a=b c" is not a label selector: expected "," or the end, got "c" at character 5');
});

test('a requirement that can never be met is refused', () => {
  assert.equal(problemOf('a>x'), '> compares whole numbers (got "x")');
  assert.equal(problemOf('a=b_'), 'must be a label value (got "b_")');
});
