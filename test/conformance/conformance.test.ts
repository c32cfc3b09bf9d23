import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
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
      const asked = cases.filter(({ result }) => result !== 'unmapped');
      assert.ok(
        asked.length > 0 && agreeing.length >= leastShare * asked.length,
        `${agreeing.length} of ${asked.length}`,
      );
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

test('the documentation tells how many cases agree, and lists every deviation and what is not mapped', () => {
  const folder = join(import.meta.dirname, '..', '..', 'docs');
  const pages = readdirSync(folder).filter((name) => name.endsWith('.md'));
  const text = pages.map((name) => readFileSync(join(folder, name), 'utf8')).join('\n');
  for (const [family, cases] of outcomes) {
    const agreeing = cases.filter(({ result }) => result === 'agree').length;
    const asked = cases.filter(({ result }) => result !== 'unmapped').length;
    assert.ok(text.includes(`| ${family} | ${asked} | ${agreeing} |`), `${family} | ${asked} | ${agreeing}`);
  }
  const unmapped = [...outcomes.values()].flat().flatMap((of) => (of.result === 'unmapped' ? [of.reason] : []));
  for (const reason of new Set([...unmapped, ...deviations.map((each) => each.reason)])) {
    assert.ok(text.includes(reason), reason);
  }
});
