import { families } from '../functions/health/built-in-rules.ts';
import type { HealthRule } from '../functions/health/health-rule.ts';

/** Returns the table of the kinds whose health Crossply tells, as the documentation has it. */
export function healthTable(): string {
  const rows = Object.entries(families).map(([family, rules]) => `| ${family} | ${kindsOf(rules)} |`);
  return ['| Family | Kinds |', '|---|---|', ...rows].join('\n');
}

function kindsOf(rules: readonly HealthRule[]): string {
  const groups = Map.groupBy(rules, ({ group }) => group);
  return [...groups]
    .map(([group, ofGroup]) => `${group === '' ? 'core' : `\`${group}\``}: ${ofGroup.map(nameOf).join(', ')}`)
    .join('; ');
}

function nameOf({ kind, ownHealth }: HealthRule): string {
  const name = kind === '*' ? 'all others' : kind;
  return ownHealth === false ? `*${name}*` : name;
}
