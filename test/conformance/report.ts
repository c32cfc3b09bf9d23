import { formatTable } from '../../cli/output/table.ts';
import { canonicalJson } from '../../functions/kube/canonical-json.ts';
import type { Deviation } from './deviations.ts';
import type { Family } from './family.ts';
import { type Outcome, runCases } from './run-table.ts';
import type { Table } from './table.ts';

/** What is printed about a run, and whether anything disagrees. */
export interface Report {
  readonly text: string;
  readonly disagrees: boolean;
}

/** Runs all tables and returns the counts of each family, the deviations and what is not mapped with their reasons, and every disagreement. */
export function reportTables(
  tables: readonly Table[],
  families: readonly Family[],
  deviations: readonly Deviation[],
): Report {
  const runs = families.flatMap((family) => {
    const cases = tables.filter((table) => table.family === family.name).flatMap((table) => table.cases);
    return cases.length === 0 ? [] : [{ name: family.name, outcomes: runCases(cases, family, deviations) }];
  });
  const rows = runs.map(({ name, outcomes }) => [
    name,
    ...(['agree', 'deviation', 'disagree', 'unmapped'] as const).map((result) => String(count(outcomes, result))),
  ]);
  const known = new Set(families.map(({ name }) => name));
  const lines = [
    formatTable([['FAMILY', 'AGREE', 'LISTED DEVIATION', 'DISAGREE', 'NOT MAPPED'], ...rows]),
    ...runs.flatMap(({ name, outcomes }) => outcomes.flatMap((outcome) => describe(name, outcome))),
    ...runs.flatMap(({ name, outcomes }) => describeUnmapped(name, outcomes)),
    ...tables
      .filter(({ family }) => !known.has(family))
      .map(
        ({ file, family, cases }) => `not run: ${file} (${cases.length} cases), as no family here is called ${family}`,
      ),
  ];
  return {
    text: lines.join('\n'),
    disagrees: runs.some(({ outcomes }) => count(outcomes, 'disagree') > 0),
  };
}

function count(outcomes: readonly Outcome[], result: Outcome['result']): number {
  return outcomes.filter((outcome) => outcome.result === result).length;
}

function describe(family: string, outcome: Outcome): readonly string[] {
  switch (outcome.result) {
    case 'agree':
    case 'unmapped':
      return [];
    case 'deviation':
      return [`deviation: ${family}: ${outcome.of.name}: ${outcome.deviation.reason}`];
    case 'disagree':
      return [
        `disagree: ${family}: ${outcome.of.name}`,
        `  expected ${canonicalJson(outcome.of.expected)}`,
        `  given    ${canonicalJson(outcome.given)}`,
      ];
  }
}

/** Many questions are about the same thing that we do not have; it is told once. */
function describeUnmapped(family: string, outcomes: readonly Outcome[]): readonly string[] {
  const reasons = outcomes.flatMap((outcome) => (outcome.result === 'unmapped' ? [outcome.reason] : []));
  return [...new Set(reasons)].map((reason) => {
    const cases = reasons.filter((each) => each === reason).length;
    return `not mapped: ${family}: ${cases} cases: ${reason}`;
  });
}
