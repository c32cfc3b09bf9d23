import type { PastRollout, RolloutRecord } from '../../generated/types.ts';
import { formatTimestamp } from '../../kube/timestamp.ts';
import type { Instant } from '../../runtime/composition-function.ts';

/** How many rollouts the history holds. */
const historyLength = 10;

/** What a rollout would begin with. */
export type RunFacts = {
  readonly revision: string;
  readonly direction: RolloutRecord['direction'];
  /** Whether a cluster that has the revision should get other values of it. */
  readonly hasOtherValues: boolean;
  /** Who changed the composite last, if that is known. */
  readonly by?: string;
  /** A rollback by hand that holds. */
  readonly hold?: RolloutRecord['hold'];
  /** When the Revision was made, if it is there already: the first rollout began then, even while nothing could remember it. */
  readonly revisionCreatedAt?: Instant;
};

/**
 * Returns the rollout that is under way: the remembered one while its target stays the same, else a new one with the next
 * number. One that has ended begins anew when clusters are to get other values; what was rejected stays rejected. A way back
 * keeps the waves by which clusters came, so that the last go first.
 */
export function beginRun(remembered: RolloutRecord | undefined, facts: RunFacts, now: Instant): RolloutRecord {
  const run = continueRun(remembered, facts, now);
  if (run.hold === facts.hold) return run;
  const { hold: _, ...rest } = run;
  return facts.hold === undefined ? rest : { ...rest, hold: facts.hold };
}

function continueRun(remembered: RolloutRecord | undefined, facts: RunFacts, now: Instant): RolloutRecord {
  const { revision, direction, by } = facts;
  if (remembered === undefined) {
    const startedAt = formatTimestamp(Math.min(facts.revisionCreatedAt ?? now, now));
    return {
      ...{ number: 1, sequence: 0, revision, direction, startedAt },
      ...(by !== undefined && { by }),
      ...{ waves: [], rejected: [], history: [], usedApprovals: [] },
    };
  }
  const isSame = remembered.revision === revision;
  if (isSame && (remembered.endedAt === undefined || !facts.hasOtherValues)) return remembered;
  const { stable, rejected, usedApprovals } = remembered;
  return {
    ...{ number: remembered.number + 1, sequence: remembered.sequence, revision, direction },
    ...{ startedAt: formatTimestamp(now), waves: direction === 'Back' ? wavesBack(remembered) : [] },
    ...{ rejected, usedApprovals, history: historyWith(remembered, now) },
    ...(by !== undefined && { by }),
    ...(stable !== undefined && { stable }),
  };
}

function wavesBack({ waves, endedAt, direction }: RolloutRecord): RolloutRecord['waves'] {
  if (endedAt !== undefined || direction === 'Back') return [];
  return waves.map(({ name, clusters = [] }) => ({ name, clusters }));
}

/** Returns the history with a rollout that is over; one that has ended by itself stands in it already. */
function historyWith(record: RolloutRecord, now: Instant): readonly PastRollout[] {
  if (record.endedAt !== undefined) return record.history;
  const rejection = record.rejected.find(({ revision, at }) => revision === record.revision && at >= record.startedAt);
  const outcome = rejection === undefined ? 'Superseded' : 'RolledBack';
  return remember(record, { outcome, endedAt: formatTimestamp(now), ...(rejection && { message: rejection.reason }) });
}

/** Returns the history with one more rollout in it, the newest first, at most ten. */
export function remember(
  { number, revision, by, startedAt, history }: RolloutRecord,
  end: Pick<PastRollout, 'outcome' | 'endedAt' | 'message'>,
): readonly PastRollout[] {
  return [{ number, revision, ...(by !== undefined && { by }), startedAt, ...end }, ...history].slice(0, historyLength);
}
