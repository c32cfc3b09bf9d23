import type { RolloutProgress, RolloutRecord } from '../generated/types.ts';
import { formatTimestamp } from '../kube/timestamp.ts';
import { shortRevision } from '../revision/revision-content.ts';
import type { RolloutPlan } from './rollout-facts.ts';

/** How many brakes a status lists, and how much of each, as the schema has it. */
const maxBrakes = 16;
const maxBrakeLength = 512;
/** How much of what is waited for. */
const maxMessageLength = 1024;

/** Returns how a rollout goes, for people to read; revisions by the short hash that approvals name. */
export function rolloutProgress(
  { moves, record, keptBecause }: RolloutPlan,
  brakes: readonly string[],
): RolloutProgress {
  const message = keptBecause ?? moves.waves.find(isWaiting)?.message ?? explainKept(moves.kept);
  return {
    ...(record !== undefined && remembered(record)),
    ...(message !== undefined && { message }),
    ...(moves.nextDecisionAt !== undefined && { nextDecisionAt: formatTimestamp(moves.nextDecisionAt) }),
    ...(brakes.length > 0 && { brakes: brakes.slice(0, maxBrakes).map((each) => each.slice(0, maxBrakeLength)) }),
    waves: moves.waves.map((wave) => ({ ...wave, ...openingOf(wave.name, record) })),
  };
}

/** Returns what clusters that keep replicas, or stay with them, wait for. */
function explainKept(kept: ReadonlyMap<string, string>): string | undefined {
  const [first] = [...kept].sort(([a], [b]) => (a < b ? -1 : 1));
  if (first === undefined) return undefined;
  const more = kept.size > 1 ? `, and ${kept.size - 1} more ${kept.size > 2 ? 'keep' : 'keeps'} theirs` : '';
  return `${first[0]} ${first[1]}${more}`.slice(0, maxMessageLength);
}

/** What a wave that is done says of itself is no reason to wait, unless clusters of it do. */
function isWaiting({ message, state, updated, clusters }: RolloutPlan['moves']['waves'][number]): boolean {
  return clusters > 0 && message !== undefined && (state !== 'Done' || updated < clusters);
}

function openingOf(wave: string, record: RolloutPlan['record']) {
  const opening = record?.waves.find(({ name }) => name === wave);
  if (opening === undefined) return {};
  const { openedAt, approvedBy } = opening;
  return { openedAt, ...(approvedBy !== undefined && { approvedBy }) };
}

function remembered({
  number,
  direction,
  by,
  startedAt,
  endedAt,
  stable,
  rejected,
  history,
  hold,
}: NonNullable<RolloutPlan['record']>): Omit<RolloutProgress, 'waves'> {
  const shown = <Kind extends { readonly revision: string }>(entry: Kind) => ({
    ...entry,
    revision: shortRevision(entry.revision),
  });
  return {
    ...{ number, direction, startedAt },
    ...(by !== undefined && { by }),
    ...(endedAt !== undefined && { endedAt }),
    ...(stable !== undefined && { stable: shortRevision(stable) }),
    ...(hold !== undefined && { hold: holdShown(hold) }),
    ...(rejected.length > 0 && { rejected: rejected.map(shown) }),
    ...(history.length > 0 && { history: history.map(shown) }),
  };
}

function holdShown({ revision, since, by }: NonNullable<RolloutRecord['hold']>): NonNullable<RolloutProgress['hold']> {
  return { revision: shortRevision(revision), since, ...(by !== undefined && { by }) };
}
