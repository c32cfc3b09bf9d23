import type { AppSpec } from '../generated/types.ts';
import type { Problem } from '../kube/problem.ts';
import { claimsOf } from './claims.ts';

/**
 * Returns a problem for every name of an App that its ComputeNamespace has not given to it: another App has it, or the
 * ComputeNamespace has not taken note of it yet. Without a list of names nothing is checked.
 */
export function checkClaims(
  spec: AppSpec,
  app: string,
  owners: { readonly [name: string]: string } | undefined,
): readonly Problem[] {
  if (owners === undefined) return [];
  return claimsOf(spec).flatMap(({ name, path }): readonly Problem[] => {
    const owner = Object.hasOwn(owners, name) ? owners[name] : undefined;
    if (owner === app) return [];
    if (owner === undefined) return [{ path, message: `waiting for the ComputeNamespace to take note of "${name}"` }];
    const hint = 'both would own the same object in every cluster; choose another name';
    return [{ path, message: `"${name}" belongs to App ${owner} of the same ComputeNamespace`, hint }];
  });
}
