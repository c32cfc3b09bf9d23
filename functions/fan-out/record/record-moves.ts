import type { RolloutRecord } from '../../generated/types.ts';
import { canonicalJson } from '../../kube/canonical-json.ts';
import type { JsonObject } from '../../kube/json.ts';
import { formatTimestamp } from '../../kube/timestamp.ts';
import type { Instant } from '../../runtime/composition-function.ts';
import type { Moves } from '../gate/moves.ts';
import { explainFailures } from '../gate/wave-messages.ts';
import type { RolloutPolicy } from '../policy/rollout-policy.ts';
import { remember } from './begin-run.ts';

/** How much is remembered, as the schema has it: rejected revisions, used Approvals, approvers and clusters of a wave, and letters of a reason. */
const rejectedLength = 10;
const usedLength = 64;
const approversLength = 10;
const clustersLength = 5000;
const reasonLength = 512;
const keepingLength = 1000;

/** What a record is brought up to date with. */
export type RecordFacts = {
  readonly moves: Moves;
  /** Clusters that keep replicas for others, and what they are to have in the end. */
  readonly keeping?: NonNullable<RolloutRecord['keeping']>;
  readonly onFailure: RolloutPolicy['onFailure'];
  /** The number of the try that the composite asks for. */
  readonly attempt: number;
};

/**
 * Returns the record of a rollout after what the gate has decided: the waves that have taken in clusters and who approved of them, what people were asked, the
 * revision as rejected when it failed and is to be rolled back, the end. Its sequence grows when anything in it does.
 */
export function recordMoves(
  remembered: RolloutRecord | undefined,
  run: RolloutRecord,
  facts: RecordFacts,
  now: Instant,
): RolloutRecord {
  const ended = endRun(rejectRevision(fillWaves(run, facts, now), facts, now), facts.moves, now);
  const next = keepReplicas(ended, facts.keeping ?? []);
  const isUnchanged = remembered !== undefined && isSame(remembered, { ...next, sequence: remembered.sequence });
  return isUnchanged ? remembered : { ...next, sequence: Math.max(run.sequence, remembered?.sequence ?? 0) + 1 };
}

/** A rollout that has ended neither opens nor takes in anything any more, and forgets clusters that are gone and what it asked. */
function fillWaves(run: RolloutRecord, { moves }: RecordFacts, now: Instant): RolloutRecord {
  const usedApprovals = [...new Set([...run.usedApprovals, ...moves.usedApprovals])].slice(-usedLength);
  if (run.endedAt !== undefined) return { ...forgetGone(run, moves.gone), usedApprovals };
  const waves = moves.filled.map(({ name, isOpen, hasPassed, clusters, approvedBy }) => {
    const known = run.waves.find((wave) => wave.name === name);
    const approvers = known?.openedAt === undefined ? approvedBy?.slice(0, approversLength) : known.approvedBy;
    return {
      ...{ name, clusters: clusters.slice(0, clustersLength) },
      ...(isOpen && { openedAt: known?.openedAt ?? formatTimestamp(now) }),
      ...(hasPassed && { passed: true }),
      ...(isOpen && approvers !== undefined && { approvedBy: approvers }),
    };
  });
  const { asks: _, ...rest } = run;
  const asks = moves.asks.map((ask) => ({ ...ask, clusters: ask.clusters.slice(0, clustersLength) }));
  return { ...rest, waves, usedApprovals, ...(asks.length > 0 && { asks }) };
}

function keepReplicas(run: RolloutRecord, all: NonNullable<RolloutRecord['keeping']>): RolloutRecord {
  const { keeping: _, ...rest } = run;
  return all.length === 0 ? rest : { ...rest, keeping: all.slice(0, keepingLength) };
}

function forgetGone(run: RolloutRecord, gone: ReadonlySet<string>): RolloutRecord {
  const isGone = (cluster: string) => gone.has(cluster);
  if (!run.waves.some(({ clusters = [] }) => clusters.some(isGone))) return run;
  const waves = run.waves.map((wave) =>
    wave.clusters === undefined ? wave : { ...wave, clusters: wave.clusters.filter((each) => !isGone(each)) },
  );
  return { ...run, waves };
}

/** There must be something to go back to that was healthy everywhere; a rollout that goes back itself is not turned round again. */
function rejectRevision(run: RolloutRecord, { moves, onFailure, attempt }: RecordFacts, now: Instant): RolloutRecord {
  const { revision, direction, stable, rejected } = run;
  const goesBack = onFailure === 'Rollback' && direction === 'Forward' && stable !== undefined && stable !== revision;
  if (moves.failures === undefined || !goesBack || isRejected(run, revision, attempt)) return run;
  const { because } = moves.failures;
  const cause = because === undefined ? '' : `: ${because}`;
  const reason = `${explainFailures(moves.failures)}${cause}`.slice(0, reasonLength);
  const rejection = { revision, attempt, at: formatTimestamp(now), reason };
  const others = rejected.filter((each) => each.revision !== revision);
  return { ...run, rejected: [rejection, ...others].slice(0, rejectedLength) };
}

function endRun(run: RolloutRecord, { outcome }: Moves, now: Instant): RolloutRecord {
  if (run.endedAt !== undefined || outcome === 'Unfinished') return run;
  const endedAt = formatTimestamp(now);
  const { asks: _, ...rest } = run;
  return {
    ...rest,
    endedAt,
    history: remember(run, { outcome: 'Completed', endedAt }),
    ...(outcome === 'Proven' && { stable: run.revision }),
  };
}

/** Tells whether a revision has failed and is not to be tried again, unless a higher attempt is asked for. */
export function isRejected({ rejected }: Pick<RolloutRecord, 'rejected'>, revision: string, attempt: number): boolean {
  return rejected.some((each) => each.revision === revision && each.attempt >= attempt);
}

function isSame(a: RolloutRecord, b: RolloutRecord): boolean {
  return canonicalJson(a as JsonObject) === canonicalJson(b as JsonObject);
}
