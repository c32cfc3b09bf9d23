import { entriesAt, listAt, textAt } from './json-field.ts';

/** Labels by key. */
export type Labels = { readonly [key: string]: string };

/** Tells whether labels are what a label selector of Kubernetes asks for; an empty one takes all. */
export function selects(selector: unknown, labels: Labels): boolean {
  return (
    entriesAt(selector, 'matchLabels').every(([key, value]) => labels[key] === value) &&
    listAt(selector, 'matchExpressions').every((rule) => keeps(rule, labels))
  );
}

function keeps(rule: unknown, labels: Labels): boolean {
  const value = labels[textAt(rule, 'key') ?? ''];
  const isListed = value !== undefined && listAt(rule, 'values').includes(value);
  switch (textAt(rule, 'operator')) {
    case 'In':
      return isListed;
    case 'NotIn':
      return !isListed;
    case 'Exists':
      return value !== undefined;
    default:
      return value === undefined;
  }
}
