import { readFieldPath } from '../kube/field-path.ts';
import { isJsonList, isJsonObject, type Json } from '../kube/json.ts';
import { type Condition, conditionList, findCondition, type KubeObject } from '../kube/object.ts';
import type { Count, HealthRule } from './health-rule.ts';

/** Returns what an object itself says of being unwell, in its own words where it has any. */
export function toldWords(
  object: KubeObject,
  { tells = [], counts = [] }: Pick<HealthRule, 'tells' | 'counts'>,
): string {
  for (const source of tells) {
    const words = source.startsWith('status.') ? fieldWords(object, source) : conditionWords(object, source);
    if (words !== undefined) return words;
  }
  if (!isJsonObject(object.status) || Object.keys(object.status).length === 0) return 'says nothing of its health yet';
  const counted = counts.map((count) => countWords(object, count)).find((words) => words !== undefined);
  return counted ?? 'does not say that it is healthy';
}

/** Counts that are left out of a status are zero, wanted ones that are left out of a spec one. */
function countWords(object: KubeObject, { have, want, what }: Count): string | undefined {
  const there = Number(readFieldPath(object, have) ?? 0);
  const wanted = Number(readFieldPath(object, want) ?? 1);
  if (there > wanted) return `${there - wanted} more than wanted are still there`;
  return there < wanted ? `${there} of ${wanted} ${what}` : undefined;
}

function conditionWords(object: KubeObject, source: string): string | undefined {
  const type = source.replace(/^!/, '');
  const condition = findCondition(object, type);
  const isBad = condition !== undefined && (condition.status === 'True') === source.startsWith('!');
  return isBad ? sentence(condition) : undefined;
}

function sentence({ type, status, reason, message }: Condition): string {
  if (message !== undefined && message !== '') return message;
  return reason === undefined || reason === '' ? `${type} is ${status}` : `${type} is ${status}: ${reason}`;
}

/** A message speaks for itself, a list of parents by the conditions in it; of anything else the field is named. */
function fieldWords(object: KubeObject, path: string): string | undefined {
  const value = readFieldPath(object, path);
  if (isJsonList(value)) return listWords(value);
  if ((typeof value !== 'string' || value === '') && typeof value !== 'number' && typeof value !== 'boolean')
    return undefined;
  const name = path.slice(path.lastIndexOf('.') + 1);
  return /message|reason|error/i.test(name) ? String(value) : `${path.replace(/^status\./, '')} is ${value}`;
}

function listWords(list: readonly Json[]): string | undefined {
  const texts = list.filter((item) => typeof item === 'string' && item !== '');
  if (texts.length > 0) return texts.join(', ');
  const bad = list
    .flatMap((item) => (isJsonObject(item) ? conditionList(item['conditions']) : []))
    .find(({ status }) => status === 'False');
  return bad === undefined ? undefined : sentence(bad);
}
