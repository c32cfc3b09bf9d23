import type { RolloutProgress } from '../../functions/generated/types.ts';

/** How many approvals a wave waits for, of how many that it needs. */
export interface AwaitedApproval {
  readonly wave: string;
  readonly missing: number;
  readonly quorum: number;
  /** The clusters that it waits for. */
  readonly clusters: readonly string[];
}

/** Returns the first wave that waits for people to approve of it; nothing when none does. */
export function awaitedApproval({ waves }: Pick<RolloutProgress, 'waves'>): AwaitedApproval | undefined {
  for (const { name, approvals } of waves) {
    if (approvals === undefined) continue;
    const { given, wanted, clusters = [] } = approvals;
    return { wave: name, missing: wanted - given, quorum: wanted, clusters };
  }
  return undefined;
}
