import type { Container } from '../generated/types.ts';
import type { Problem } from '../kube/problem.ts';
import { checkQuantityMap } from '../kube/quantity-map.ts';
import { checkHoleExpression } from '../template/environment.ts';
import { parseHoles } from '../template/hole-syntax.ts';
import type { AppPart } from './app-part.ts';

/** Returns what is wrong with the resources and variables of a component's containers, in the words that their author wrote. */
export function checkContainers({ component, path }: AppPart): readonly Problem[] {
  const containers: readonly (readonly [string, Pick<Container, 'env' | 'resources'>])[] = [
    [path, component],
    ...(component.initContainers ?? []).map((each, index) => [`${path}.initContainers[${index}]`, each] as const),
    ...(component.sidecars ?? []).map((each, index) => [`${path}.sidecars[${index}]`, each] as const),
  ];
  return containers.flatMap(([at, { env = [], resources }]) => [
    ...checkQuantityMap(resources?.['requests'], `${at}.resources.requests`),
    ...checkQuantityMap(resources?.['limits'], `${at}.resources.limits`),
    ...env.flatMap(({ value }, index) => checkExpressions(value, `${at}.env[${index}].value`)),
  ]);
}

/** An expression is wrapped when it is rendered, so a mistake in it has to be told before. */
function checkExpressions(value: string | undefined, path: string): readonly Problem[] {
  const parts = parseHoles(value ?? '').value ?? [];
  return parts.flatMap((part) => (typeof part === 'string' ? [] : checkHoleExpression(part.expression, path)));
}
