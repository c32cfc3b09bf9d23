import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Json } from '../../functions/kube/json.ts';
import type { Deviation } from './deviations.ts';
import type { Family } from './family.ts';
import { reportTables } from './report.ts';

const doubling: Family = {
  name: 'doubling',
  answer: (input) => {
    if (typeof input !== 'number') throw new Error('only numbers are doubled');
    return 2 * input;
  },
};
const deviations: readonly Deviation[] = [
  { family: 'doubling', reason: 'we count on', matches: ({ input }) => input === 3 || input === 1 },
  { family: 'halving', reason: 'of another family', matches: () => true },
];
const cases = [
  { name: 'one', input: 1, expected: 2 },
  { name: 'two', input: 2, expected: 4 },
  { name: 'three', input: 3, expected: 5 },
];
const wrong = [
  { name: 'four', input: 4, expected: 9 },
  { name: 'a word', input: 'x', expected: 'xx' },
];

test('a run is told in counts, reasons and disagreements', () => {
  const tables = [
    { file: 'a.json', family: 'doubling', cases },
    { file: 'b.json', family: 'doubling', cases: wrong },
    { file: 'c.json', family: 'halving', cases },
  ];
  const { text, disagrees } = reportTables(tables, [doubling], deviations);
  assert.equal(
    text,
    `FAMILY    AGREE  LISTED DEVIATION  DISAGREE  NOT MAPPED
doubling  2      1                 2         0
deviation: doubling: three: we count on
disagree: doubling: four
  expected 9
  given    8
disagree: doubling: a word
  expected "xx"
  given    {"thrown":"Error: only numbers are doubled"}
not run: c.json (3 cases), as no family here is called halving`,
  );
  assert.equal(disagrees, true);
});

test('listed deviations alone are no disagreement', () => {
  assert.equal(reportTables([{ file: 'a.json', family: 'doubling', cases }], [doubling], deviations).disagrees, false);
});

test('a question about what we do not have is counted apart, and its reason is told once', () => {
  const unmapped = (input: Json) => (typeof input === 'string' ? 'words have no double' : undefined);
  const words = ['x', 'y'].map((input) => ({ name: input, input, expected: input + input }));
  const { text, disagrees } = reportTables(
    [{ file: 'a.json', family: 'doubling', cases: [...words, { name: 'one', input: 1, expected: 2 }] }],
    [{ ...doubling, unmapped }],
    [],
  );
  assert.match(text, /^doubling {2}1 +0 +0 +2$/m);
  assert.match(text, /^not mapped: doubling: 2 cases: words have no double$/m);
  assert.equal(disagrees, false);
});
