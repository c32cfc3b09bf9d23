import assert from 'node:assert/strict';
import { test } from 'node:test';
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
    `FAMILY    AGREE  LISTED DEVIATION  DISAGREE
doubling  2      1                 2
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
