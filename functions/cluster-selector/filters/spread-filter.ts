import type { SpreadConstraint } from '../../generated/types.ts';
import { domainOf, isHard, spreadKey } from '../spread/spread-constraint.ts';
import { type Filter, mismatch } from './filter.ts';

/** Returns the filter that keeps new work off clusters that belong to no domain of a strict spread constraint, as the scheduler does with nodes. */
export function spreadFilter(constraints: readonly SpreadConstraint[]): Filter {
  const strict = constraints.filter(isHard);
  return {
    name: 'Spread',
    newWork({ facts }) {
      const outside = strict.find((constraint) => domainOf(constraint, facts) === undefined);
      return outside === undefined ? undefined : mismatch(`${spreadKey(outside)} is not set, and spread needs it`);
    },
  };
}
