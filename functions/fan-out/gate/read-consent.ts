import type { ApprovalSpec } from '../../generated/types.ts';
import type { Instant } from '../../runtime/composition-function.ts';
import type { Ask } from './ask-approvals.ts';

/** An Approval as the gate reads it: what its spec says, which the API server has checked and nobody can change. */
export type GivenApproval = Pick<
  ApprovalSpec,
  'revision' | 'wave' | 'clusters' | 'removals' | 'decision' | 'approver' | 'reason'
> & {
  readonly uid: string;
  readonly createdAt: Instant;
  readonly expiresAt?: Instant;
};

/** What an approval must fit to count. */
export type ConsentFacts = {
  /** Short hash of the revision that clusters are to have. */
  readonly revision: string;
  /** When the rollout began; what was approved before was another rollout, even of the same revision. */
  readonly startedAt: Instant;
  /** Who changed the composite last; nobody approves of their own change, and an unknown editor cannot be told from an approver. */
  readonly lastEditor?: string;
  /** Who had changed it last when the rollout began: an unrelated edit by another does not make the first one a stranger. */
  readonly startedBy?: string;
  /** What waves ask now, by wave. */
  readonly asks: ReadonlyMap<string, Pick<Ask, 'at' | 'changed' | 'waiting'>>;
  /** Uids of Approvals that were used up. */
  readonly used: readonly string[];
  readonly now: Instant;
};

/** What people have agreed to. */
export interface Consent {
  /** Who has approved of each wave, sorted. */
  readonly approvers: ReadonlyMap<string, readonly string[]>;
  /** Who has rejected a wave, and why. */
  readonly rejections: ReadonlyMap<string, string>;
  /** Lists of clusters that may leave together, with the uid of the Approval. */
  readonly removals: readonly { readonly uid: string; readonly clusters: ReadonlySet<string> }[];
  /** Why approvals that were given do not count, by wave. */
  readonly ignored: ReadonlyMap<string, string>;
}

/** Returns what people have agreed to about exactly this rollout. Whatever does not fit it in every respect opens nothing, and a rejection outweighs every approval. */
export function readConsent(approvals: readonly GivenApproval[], facts: ConsentFacts): Consent {
  const approvers = new Map<string, Set<string>>();
  const rejections = new Map<string, string>();
  const ignored = new Map<string, string>();
  const removals: { uid: string; clusters: ReadonlySet<string> }[] = [];
  const kept: ReadonlySet<string>[] = [];
  for (const approval of approvals.toSorted((a, b) => (a.uid < b.uid ? -1 : 1))) {
    if (approval.revision !== facts.revision) continue;
    const { wave, approver, uid } = approval;
    const flaw = flawOf(approval, facts);
    if (flaw !== undefined) {
      if (wave !== undefined) ignored.set(wave, `the approval of ${approver} does not count: ${flaw}`);
    } else if (wave === undefined) {
      const clusters = new Set(approval.removals);
      if (approval.decision === 'Reject') kept.push(clusters);
      else removals.push({ uid, clusters });
    } else if (approval.decision === 'Reject') {
      rejections.set(wave, `rejected by ${approver}: ${approval.reason ?? 'no reason given'}`);
    } else {
      approvers.set(wave, (approvers.get(wave) ?? new Set()).add(approver));
    }
  }
  return {
    approvers: new Map([...approvers].map(([wave, names]) => [wave, [...names].sort()])),
    rejections,
    removals: removals.filter(({ clusters }) => kept.every((each) => ![...each].some((name) => clusters.has(name)))),
    ignored,
  };
}

function flawOf(approval: GivenApproval, facts: ConsentFacts): string | undefined {
  const { startedAt, startedBy, lastEditor, used, now } = facts;
  const { approver, createdAt, expiresAt, uid } = approval;
  if (expiresAt !== undefined && expiresAt <= now) return 'it has expired';
  if (used.includes(uid)) return 'it was used before';
  if (createdAt < startedAt) return 'it was given before this rollout began';
  if (approval.decision === 'Reject') return undefined;
  if (lastEditor === undefined) return 'the annotation crossply.dev/last-editor does not say who made the change';
  if (approver === lastEditor || approver === startedBy) return 'nobody approves of their own change';
  return unseenBy(approval, facts);
}

/** Returns what the approver of a wave could not have seen, or has left out. */
function unseenBy({ wave, clusters, createdAt }: GivenApproval, { asks }: ConsentFacts): string | undefined {
  const ask = wave === undefined ? undefined : asks.get(wave);
  if (ask === undefined) return undefined;
  // API servers tell whole seconds: an approval of the second in which the ask was changed may be older than the change.
  const countsFrom = Date.parse(ask.at) + (ask.changed === undefined ? 0 : 1000);
  if (createdAt < countsFrom) return `the wave has changed since: ${ask.changed ?? 'it asks since then'}`;
  const named = new Set(clusters);
  const unnamed = clusters === undefined ? undefined : [...ask.waiting].find((cluster) => !named.has(cluster));
  return unnamed === undefined ? undefined : `it does not name cluster ${unnamed}`;
}
