import { cut, listNames } from '../output/table.ts';
import type { PlannedPlacement } from './plan.ts';

const expressionWidth = 56;
const valueWidth = 24;

/** So many clusters fit side by side; of more, those with the same value share a line. */
const maxColumns = 5;

/** Returns what holes come to where that differs between clusters, as rows: one column a cluster while they fit, else one line a value. */
export function valueRows(placements: readonly PlannedPlacement[]): readonly (readonly string[])[] {
  const expressions = [...new Set(placements.flatMap(({ values }) => Object.keys(values)))].sort();
  const rows = expressions
    .map((expression) => ({ expression, texts: placements.map((placement) => textOf(placement, expression)) }))
    .filter(({ texts }) => placements.length === 1 || new Set(texts).size > 1)
    .map(({ expression, texts }) => ({ expression: cut(`\${${expression}}`, expressionWidth), texts }));
  if (rows.length === 0) return [];
  const clusters = placements.map(({ cluster }) => cluster);
  return placements.length <= maxColumns
    ? [['', ...clusters], ...rows.map(({ expression, texts }) => [expression, ...texts])]
    : rows.flatMap(({ expression, texts }) => grouped(expression, texts, clusters));
}

function grouped(expression: string, texts: readonly string[], clusters: readonly string[]): readonly string[][] {
  return [...new Set(texts)].sort().map((text, index) => {
    const having = clusters.filter((_, at) => texts[at] === text);
    return [index === 0 ? expression : '', text, listNames(having)];
  });
}

function textOf({ values }: PlannedPlacement, expression: string): string {
  const value = values[expression];
  return value === undefined
    ? '-'
    : cut(typeof value === 'string' && value !== '' ? value : JSON.stringify(value), valueWidth);
}
