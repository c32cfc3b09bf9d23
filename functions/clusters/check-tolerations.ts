import type { Toleration } from '../generated/types.ts';
import type { Problem } from '../kube/problem.ts';

const OPERATORS = ['Equal', 'Exists'];
const EFFECTS = ['NoSchedule', 'PreferNoSchedule', 'NoExecute'];

/** Returns what is wrong with tolerations: Equal without a key, Exists with a value, operators and effects that do not exist. */
export function checkTolerations(tolerations: readonly Toleration[], path: string): Problem[] {
  return tolerations.flatMap((toleration, index) => checkToleration(toleration, `${path}[${index}]`));
}

function checkToleration({ key = '', operator = 'Equal', value = '', effect }: Toleration, path: string): Problem[] {
  const problems: Problem[] = [];
  if (!OPERATORS.includes(operator)) {
    problems.push({ path: `${path}.operator`, message: `must be one of ${OPERATORS.join(', ')} (got "${operator}")` });
  } else if (key === '' && operator !== 'Exists') {
    const hint = 'name the key of a taint, or use operator Exists to tolerate every taint';
    problems.push({ path: `${path}.key`, message: 'must be given with operator Equal', hint });
  } else if (operator === 'Exists' && value !== '') {
    const hint = 'leave the value out, or use operator Equal';
    problems.push({ path: `${path}.value`, message: `must be left out with operator Exists (got "${value}")`, hint });
  }
  if (effect !== undefined && !EFFECTS.includes(effect)) {
    problems.push({ path: `${path}.effect`, message: `must be one of ${EFFECTS.join(', ')} (got "${effect}")` });
  }
  return problems;
}
