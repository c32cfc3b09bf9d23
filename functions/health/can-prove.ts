import type { KubeObject } from '../kube/object.ts';
import { type HealthRules, ownRules } from './health-rules.ts';
import { hasOwnHealth } from './judge-health.ts';
import { otherKinds } from './other-kinds.ts';
import { wantsPods } from './pods-wanted.ts';

/**
 * Tells whether a desired manifest, its holes filled or not, could show that something is wrong with it: its kind has a health
 * of its own and, where it runs replicas, wants at least one. Nothing is known of a kind that nobody has described.
 */
export function canProve(manifest: KubeObject, rules: HealthRules = ownRules): boolean {
  const rule = rules.ruleOf(manifest);
  if (rule === otherKinds || !hasOwnHealth(manifest, rule)) return false;
  const { scheduled: _, ...pods } = rule.pods ?? {};
  return rule.pods === undefined || wantsPods(manifest, pods);
}
