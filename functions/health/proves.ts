import type { KubeObject } from '../kube/object.ts';
import type { Health } from './health-rule.ts';
import { type HealthRules, ownRules } from './health-rules.ts';
import { wantsPods } from './pods-wanted.ts';

/** An object of a cluster as it is there, and how it fares. */
export type Judged = { readonly object: KubeObject; readonly health: Health };

/**
 * Tells whether the health of what a cluster runs proves anything. Where something runs pods, one of those has to want a pod;
 * else an object with a health of its own is enough. A guess proves nothing.
 */
export function proves(judged: readonly Judged[], rules: HealthRules = ownRules): boolean {
  const running = judged.flatMap(({ object }) => {
    const { pods } = rules.ruleOf(object);
    return pods === undefined ? [] : [wantsPods(object, pods)];
  });
  return running.length > 0 ? running.includes(true) : judged.some(({ health }) => health.isOwn);
}
