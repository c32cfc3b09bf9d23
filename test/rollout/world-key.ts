import type { Assignment, AssignmentStatus, RolloutRecord } from '../../functions/generated/types.ts';
import { newestRecord } from '../../functions/slices/newest-record.ts';
import { hashOf } from './hash-of.ts';
import type { Scenario, SliceState, World } from './world.ts';

/** From which age on a time makes no difference any more. */
export type AgeLimits = { readonly healthyMs: number; readonly movingMs: number };

/**
 * Returns a text that is the same for two worlds from which the same can follow: numbers that only grow count by their
 * order, times by their age up to where it matters, and what nobody decides by is left out.
 */
export function worldKey(world: World, limits: AgeLimits, { contents }: Pick<Scenario, 'contents'>): string {
  const { slices, outdated, now } = world;
  const names = new Map(
    world.revisions.map(({ name, content }) => [name, content.templates['config']?.metadata.name ?? '?']),
  );
  const ranks = sequenceRanks([...slices, ...outdated]);
  const letter = (revision: string) => names.get(revision) ?? '?';
  const entryOf = ({ cluster, revision, state, sequence = 0 }: Assignment) =>
    `${cluster}${letter(revision)}${state[0]}${ranks.get(`${cluster}${sequence}`)}${sequence === 1 ? '!' : ''}`;
  const record = (of: RolloutRecord | undefined) =>
    of === undefined ? '' : recordKey(of, letter, world) + recordRank(of, world);
  const entries = new Map<string, string>();
  for (const { assignments } of [...slices, ...outdated]) {
    for (const each of assignments) entries.set(hashOf(each), entryOf(each));
  }
  const status = (of: AssignmentStatus) => {
    const { cluster, phase, entry, revision, sequence = 0, since, movingSince } = of;
    const [from, limit] = phase === 'Healthy' ? [since, limits.healthyMs] : [movingSince ?? since, limits.movingMs];
    const isTimed = phase !== 'Leaving' && phase !== 'Left' && phase !== 'Stray';
    const age = isTimed ? Math.min(limit, now - Date.parse(from)) / 1000 : '';
    return `${cluster}${phase}${entries.get(entry) ?? ''}${letter(revision)}${ranks.get(`${cluster}${sequence}`)}@${age}`;
  };
  const side = (all: readonly SliceState[]) =>
    all
      .map(
        ({ key, assignments, reported, rollout, repeated }) =>
          `${key}[${assignments.map(entryOf)}|${reported.map(status)}|${record(rollout)}|${record(repeated)}]`,
      )
      .join();
  const approvals = new Set(
    world.approvals.map((each) => `${each.wave ?? each.removals}${each.revision}${isInTime(each.createdAt, world)}`),
  );
  return [
    ...[
      side(slices),
      world.budget.staleReads === 0 ? '' : side(outdated) + world.isHanging,
      [...names.values()].sort().join(''),
    ],
    world.running.map(({ cluster, revision, health, sliceKey }) => `${sliceKey}${cluster}${letter(revision)}${health}`),
    ...[world.away.join(), world.content, contents.length, world.chosen.join(), world.isCordPulled],
    [
      letter(world.memory.target),
      ...world.memory.begun.toSorted(),
      world.memory.isOver,
      letter(world.memory.stable ?? ''),
    ].join('/'),
    ...[[...approvals].sort().join(), world.rejected.map(letter).join(), Object.values(world.budget).join()],
  ].join(';');
}

function recordKey(record: RolloutRecord, letter: (revision: string) => string, world: World): string {
  const { revision, direction, endedAt, stable, waves, rejected, asks = [] } = record;
  const began = world.approvals.map(({ createdAt }) => Number(createdAt < Date.parse(record.startedAt))).join('');
  return [
    ...[letter(revision), direction[0], endedAt === undefined ? '' : 'end', letter(stable ?? '')],
    waves.map(
      ({ name, openedAt, passed, clusters = [] }) => `${name}${openedAt === undefined ? '' : '!'}${passed}${clusters}`,
    ),
    asks.map(
      (ask) =>
        `${ask.wave}${ask.quorum}${ask.clusters}${world.approvals.map(({ createdAt }) => createdAt < Date.parse(ask.at))}`,
    ),
    ...[rejected.map((each) => letter(each.revision)), began],
    record.usedApprovals.length,
  ].join('/');
}

function isInTime(createdAt: number, { slices }: World): boolean {
  const record = newestRecord(slices.flatMap(({ rollout, repeated }) => [rollout, repeated]));
  return record === undefined || createdAt >= Date.parse(record.startedAt);
}

/** The place of each sequence among those of its cluster: which is higher matters, by how much does not. */
function sequenceRanks(slices: readonly SliceState[]): ReadonlyMap<string, number> {
  const known = new Map<string, Set<number>>();
  for (const { cluster, sequence = 0 } of slices.flatMap(({ assignments, reported }) => [
    ...assignments,
    ...reported,
  ])) {
    known.set(cluster, (known.get(cluster) ?? new Set()).add(sequence));
  }
  return new Map(
    [...known].flatMap(([cluster, sequences]) =>
      [...sequences].sort((a, b) => a - b).map((sequence, rank): [string, number] => [`${cluster}${sequence}`, rank]),
    ),
  );
}

function recordRank({ sequence }: RolloutRecord, { slices, outdated }: World): number {
  const all = [...slices, ...outdated].flatMap(({ rollout, repeated }) => [rollout, repeated]);
  return new Set(all.flatMap((each) => (each !== undefined && each.sequence < sequence ? each.sequence : []))).size;
}
