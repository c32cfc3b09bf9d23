import type { TierPolicy } from '../generated/types.ts';
import type { Problem } from '../kube/problem.ts';
import type { PodFacts, PodRule } from './pod-rule.ts';
import { baselineRules } from './pod-security-baseline.ts';
import { restrictedRules } from './pod-security-restricted.ts';

const rulesOf: { readonly [level in TierPolicy['podSecurity']]: readonly PodRule[] } = {
  Privileged: [],
  Baseline: baselineRules,
  Restricted: [...baselineRules, ...restrictedRules],
};

/** Returns every way in which a pod exceeds a level of the Pod Security Standards (kubernetes.io/docs/concepts/security/pod-security-standards). */
export function checkPodSecurity(pod: PodFacts, path: string, level: TierPolicy['podSecurity']): readonly Problem[] {
  return rulesOf[level].flatMap((rule) =>
    rule(pod, path).map((problem) => ({ ...problem, hint: problem.hint ?? `the Tier allows pod security ${level}` })),
  );
}
