import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { deviations } from './deviations.ts';
import { families } from './families.ts';
import { type Outcome, runCases } from './run-table.ts';
import { readTables } from './table.ts';

const leastShare = 0.95;

const tables = readTables(import.meta.dirname);
const outcomes = new Map<string, readonly Outcome[]>(
  families.map((family) => [
    family.name,
    runCases(
      tables.filter((table) => table.family === family.name).flatMap((table) => table.cases),
      family,
      deviations,
    ),
  ]),
);

for (const [family, cases] of outcomes) {
  describe(family, () => {
    for (const outcome of cases) {
      test(outcome.of.name, () => {
        if (outcome.result !== 'disagree') return;
        assert.deepEqual(outcome.given, outcome.of.expected);
        assert.fail('they look the same, but the family does not take them for the same');
      });
    }

    test(`${leastShare * 100} % agree without a deviation`, () => {
      const agreeing = cases.filter(({ result }) => result === 'agree');
      assert.ok(agreeing.length >= leastShare * cases.length, `${agreeing.length} of ${cases.length} agree`);
    });
  });
}

test('every table has a family, and every family a table', () => {
  assert.deepEqual(tables.map(({ family }) => family).sort(), families.map(({ name }) => name).sort());
});

test('no deviation is listed that no case needs', () => {
  const needed = new Set([...outcomes.values()].flat().map((of) => (of.result === 'deviation' ? of.deviation : null)));
  assert.deepEqual(
    deviations.filter((deviation) => !needed.has(deviation)).map(({ family, reason }) => `${family}: ${reason}`),
    [],
  );
});

test('docs/placement.md tells how many cases agree, and lists every deviation', () => {
  const page = readFileSync(join(import.meta.dirname, '..', '..', 'docs', 'placement.md'), 'utf8');
  for (const [family, cases] of outcomes) {
    const agreeing = cases.filter(({ result }) => result === 'agree').length;
    assert.ok(
      page.includes(`| ${family} | ${cases.length} | ${agreeing} |`),
      `${family} | ${cases.length} | ${agreeing}`,
    );
  }
  for (const { reason } of deviations) assert.ok(page.includes(reason), reason);
});
