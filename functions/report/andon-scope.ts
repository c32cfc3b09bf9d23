import type { AndonCordSpec, LabelSelector } from '../generated/types.ts';

/** Most characters of a scope, as the schema has it, and most Tiers that are named in one. */
const maxLength = 1024;
const maxTiers = 5;

/** Returns in words what an AndonCord stops, such as `tier web/prod` or `everything with team=shop`; long ones are cut. */
export function andonScope({ tiers = [], selector = {} }: AndonCordSpec): string {
  const rules = selectorRules(selector);
  const where = tiers.length === 0 ? 'everything' : tierNames(tiers);
  const text = rules.length === 0 ? where : `${where} with ${rules.join(', ')}`;
  return text.length <= maxLength ? text : `${text.slice(0, maxLength - 1)}…`;
}

function tierNames(tiers: NonNullable<AndonCordSpec['tiers']>): string {
  const names = tiers.map(({ namespace, name }) => `${namespace}/${name}`);
  const more = names.length > maxTiers ? ` and ${names.length - maxTiers} more` : '';
  return `${names.length === 1 ? 'tier' : 'tiers'} ${names.slice(0, maxTiers).join(', ')}${more}`;
}

/** The rules as kubectl takes them after --selector. */
function selectorRules({ matchLabels = {}, matchExpressions = [] }: LabelSelector): readonly string[] {
  const equalities = Object.entries(matchLabels).map(([key, value]) => `${key}=${value}`);
  const expressions = matchExpressions.map(({ key, operator, values = [] }) => {
    if (operator === 'Exists') return key;
    if (operator === 'DoesNotExist') return `!${key}`;
    return `${key} ${operator === 'In' ? 'in' : 'notin'} (${values.join(',')})`;
  });
  return [...equalities, ...expressions];
}
