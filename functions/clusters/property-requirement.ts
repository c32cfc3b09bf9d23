import type { PropertyRequirement } from '../generated/types.ts';
import type { Problem } from '../kube/problem.ts';
import type { ClusterFacts } from './cluster-facts.ts';
import { compareProperty, type PropertyValue, readPropertyValue } from './compare-property.ts';
import { checkPropertyName, isResourceProperty } from './property-name.ts';

type Order = ReturnType<typeof compareProperty>;
type Rule = {
  readonly takes: 'one value' | 'at least one value' | 'no value';
  /** How a comparison is written in a reason; without it the rule is written with its name. */
  readonly symbol?: string;
  readonly isOrdered?: true;
  /** Whether the rule holds for a property that is set, from how it compares with each value. */
  readonly holds: (orders: readonly Order[]) => boolean;
};

const RULES: { readonly [operator in PropertyRequirement['operator']]: Rule } = {
  Gt: { takes: 'one value', symbol: '>', isOrdered: true, holds: ([order]) => order === 1 },
  Ge: { takes: 'one value', symbol: '>=', isOrdered: true, holds: ([order]) => order === 1 || order === 0 },
  Lt: { takes: 'one value', symbol: '<', isOrdered: true, holds: ([order]) => order === -1 },
  Le: { takes: 'one value', symbol: '<=', isOrdered: true, holds: ([order]) => order === -1 || order === 0 },
  Eq: { takes: 'one value', symbol: '=', holds: ([order]) => order === 0 },
  Ne: { takes: 'one value', symbol: '!=', holds: ([order]) => order !== 0 },
  In: { takes: 'at least one value', holds: (orders) => orders.includes(0) },
  NotIn: { takes: 'at least one value', holds: (orders) => !orders.includes(0) },
  Exists: { takes: 'no value', holds: () => true },
  DoesNotExist: { takes: 'no value', holds: () => false },
};

/** Returns why a cluster does not meet a requirement, in a few words; nothing when it does. */
export type PropertyCheck = (cluster: Pick<ClusterFacts, 'properties'>) => string | undefined;

/**
 * Returns the check that a requirement stands for, its values read once. A property that is not set meets nothing but
 * DoesNotExist. Values compare as `compareProperty` says; what has no order meets neither Gt, Ge, Lt nor Le. Expects a
 * requirement without problems.
 */
export function compilePropertyRequirement({ name, operator, values = [] }: PropertyRequirement): PropertyCheck {
  const { isOrdered = false, holds } = RULES[operator];
  const wanted = values.map(readPropertyValue);
  const words = describeRequirement({ operator, values });
  return ({ properties }) => {
    const text = Object.hasOwn(properties, name) ? properties[name] : undefined;
    if (text === undefined) return operator === 'DoesNotExist' ? undefined : `${name} is not set`;
    const value = readPropertyValue(text);
    const orders = wanted.map((each) => compareProperty(value, each));
    if (holds(orders)) return undefined;
    if (isOrdered && orders[0] === undefined) return `${name} is ${text}, which cannot be compared; wanted ${words}`;
    return `${name} is ${text}, wanted ${words}`;
  };
}

/** Tells whether a requirement compares by order, as with amounts and versions. */
export function isOrderedRequirement({ operator }: Pick<PropertyRequirement, 'operator'>): boolean {
  return RULES[operator].isOrdered === true;
}

/** Returns what a requirement asks of its property, such as `> 5` or `In (a, b)`. */
export function describeRequirement({ operator, values = [] }: Omit<PropertyRequirement, 'name'>): string {
  const { symbol } = RULES[operator];
  if (symbol !== undefined) return `${symbol} ${values[0]}`;
  return values.length > 0 ? `${operator} (${values.join(', ')})` : operator;
}

/** Returns what is wrong with a requirement: a malformed well-known name, the number of its values, and values that its operator cannot compare. */
export function checkPropertyRequirement(
  { name, operator, values = [] }: PropertyRequirement,
  path: string,
): Problem[] {
  const problems = checkPropertyName(name, `${path}.name`);
  if (!Object.hasOwn(RULES, operator)) {
    const operators = Object.keys(RULES).join(', ');
    return [...problems, { path: `${path}.operator`, message: `must be one of ${operators} (got "${operator}")` }];
  }
  const { takes, isOrdered = false } = RULES[operator];
  const isEnough = takes === 'one value' ? values.length === 1 : values.length > 0 === (takes !== 'no value');
  if (!isEnough)
    problems.push({ path: `${path}.values`, message: `${operator} takes ${takes} (got ${values.length})` });
  return [
    ...problems,
    ...values.flatMap((value, index) =>
      checkValue(readPropertyValue(value), { mustBeQuantity: isResourceProperty(name), mustHaveOrder: isOrdered }).map(
        (message) => ({ path: `${path}.values[${index}]`, message: `${message} (got "${value}")` }),
      ),
    ),
  ];
}

function checkValue(
  { quantity, version }: PropertyValue,
  { mustBeQuantity, mustHaveOrder }: { readonly mustBeQuantity: boolean; readonly mustHaveOrder: boolean },
): string[] {
  if (quantity !== undefined) return [];
  if (mustBeQuantity) return ['must be a quantity such as 500m, 2 or 1.5Gi, as every amount of a resource is'];
  if (mustHaveOrder && version === undefined) {
    return ['must be a quantity such as 1.5Gi or a version such as v1.33, for nothing else has an order'];
  }
  return [];
}
