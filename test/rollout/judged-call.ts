import { type RolloutPolicy, resolveRollout } from '../../functions/fan-out/policy/rollout-policy.ts';
import type { Assignment } from '../../functions/generated/types.ts';
import { type Call, type Seen, seenClusters } from './call.ts';
import type { Scenario } from './world.ts';

/** What all checks ask for: the policy, and which clusters get another revision than they were seen with. */
export type Judged = {
  readonly policy: RolloutPolicy;
  readonly target: string;
  readonly seen: ReadonlyMap<string, Seen>;
  readonly set: readonly Assignment[];
  readonly isBack: boolean;
  readonly stable: string | undefined;
};

const judgements = new WeakMap<Call, Judged>();

/** Returns what all checks ask for of a call; worked out once. */
export function judged(call: Call): Judged {
  const known = judgements.get(call);
  if (known !== undefined) return known;
  const { plan, read, after, scenario } = call;
  const seen = seenClusters(read);
  const set = after.slices.flatMap(({ assignments }) =>
    assignments.filter(({ cluster, revision, state, sequence = 0 }) => {
      const was = seen.get(cluster);
      return state === 'Assigned' && (was?.revision !== revision || (was.isOvertaken && sequence > was.sequence));
    }),
  );
  const target = plan.target?.name ?? '';
  const judgement = {
    ...{ seen, set, target, policy: policyOf(scenario) },
    ...{ isBack: plan.record?.direction === 'Back', stable: plan.record?.stable },
  };
  judgements.set(call, judgement);
  return judgement;
}

const policies = new Map<Scenario, RolloutPolicy>();

/** Returns the policy of a scenario; worked out once. */
export function policyOf(scenario: Scenario): RolloutPolicy {
  const known = policies.get(scenario);
  if (known !== undefined) return known;
  const { value, problems } = resolveRollout(scenario.rollout, 'rollout');
  if (value === undefined) throw new Error(JSON.stringify(problems));
  policies.set(scenario, value);
  return value;
}
