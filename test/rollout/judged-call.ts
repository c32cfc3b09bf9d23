import type { Assignment } from '../../functions/generated/types.ts';
import { type Call, type Seen, seenClusters } from './call.ts';
import { type OraclePolicy, oraclePolicy } from './oracle-policy.ts';

/** What all checks ask for: the policy, and which clusters get another revision than they were seen with. */
export type Judged = {
  readonly policy: OraclePolicy;
  readonly target: string;
  readonly seen: ReadonlyMap<string, Seen>;
  readonly set: readonly Assignment[];
  /** Whether clusters go to other content than is asked for. */
  readonly isBack: boolean;
  /** What was healthy everywhere before. */
  readonly stable: string | undefined;
  /** Whether the target was healthy everywhere already. */
  readonly isOver: boolean;
};

const judgements = new WeakMap<Call, Judged>();

/** Returns what all checks ask for of a call; worked out once. */
export function judged(call: Call): Judged {
  const known = judgements.get(call);
  if (known !== undefined) return known;
  const { plan, read, before, after, scenario } = call;
  const seen = seenClusters(read);
  const set = after.slices.flatMap(({ assignments }) =>
    assignments.filter(({ cluster, revision, state, sequence = 0 }) => {
      const was = seen.get(cluster);
      return state === 'Assigned' && (was?.revision !== revision || (was.isOvertaken && sequence > was.sequence));
    }),
  );
  const target = plan.target?.name ?? '';
  const { memory } = before;
  const judgement: Judged = {
    ...{ seen, set, target, policy: oraclePolicy(scenario) },
    isBack: plan.target?.content.templates['config']?.metadata.name !== before.content,
    ...{ stable: memory.stable, isOver: memory.target === target && memory.isOver },
  };
  judgements.set(call, judgement);
  return judgement;
}
