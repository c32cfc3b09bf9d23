import type { Assignment, AssignmentStatus } from '../../functions/generated/types.ts';
import { formatTimestamp } from '../../functions/kube/timestamp.ts';
import type { Instant } from '../../functions/runtime/composition-function.ts';
import { newestRecord } from '../../functions/slices/newest-record.ts';
import { hashOf } from './hash-of.ts';
import type { Running, SliceState, World } from './world.ts';

/** Returns the world after Delivery has looked at every slice: new content has been sent out, and everything is reported. */
export function deliverAll(world: World): World {
  const running = world.slices.reduce(sendOut, world.running);
  const next = { ...world, running };
  const slices = world.slices.map((slice) => report(slice, next));
  const rejected = slices.flatMap(({ repeated }) => repeated?.rejected.map(({ revision }) => revision) ?? []);
  return { ...next, slices, rejected: [...new Set([...world.rejected, ...rejected])].sort() };
}

/** Returns the world with the reports of what Delivery has sent out already brought up to date: health is told at once. */
export function reportHealth(world: World): World {
  return {
    ...world,
    slices: world.slices.map((slice) => ({
      ...slice,
      reported: slice.reported.map((status) => retold(status, slice, world)),
    })),
  };
}

function sendOut(running: readonly Running[], { key, assignments, reported }: SliceState): readonly Running[] {
  const next = running.filter(({ sliceKey }) => sliceKey !== key);
  const own = new Map(running.flatMap((each) => (each.sliceKey === key ? [[each.cluster, each]] : [])));
  for (const assignment of assignments) {
    const { cluster, revision, state } = assignment;
    const runs = own.get(cluster);
    if (state === 'Leaving' || isOvertaken(assignment, reported) || runs?.revision === revision) continue;
    own.set(cluster, { sliceKey: key, cluster, revision, health: 'Applying' });
  }
  return [...next, ...own.values()].sort((a, b) => (placeOf(a) < placeOf(b) ? -1 : 1));
}

const placeOf = ({ sliceKey, cluster }: Running) => `${sliceKey}/${cluster}`;

function report(slice: SliceState, world: World): SliceState {
  const { key, assignments, reported } = slice;
  const known = new Set(assignments.map(({ cluster }) => cluster));
  const strays = world.running.filter(({ sliceKey, cluster }) => sliceKey === key && !known.has(cluster));
  const repeated = newestRecord([slice.rollout, slice.repeated]);
  return {
    ...slice,
    ...(repeated !== undefined && { repeated }),
    reported: [
      ...assignments.map((assignment) => statusOf(assignment, slice, world)),
      ...strays.map(({ cluster, revision }) => {
        const before = reported.find((each) => each.cluster === cluster);
        return timed({ ...untimed(cluster, '', revision, before?.sequence), phase: 'Stray' }, reported, world.now);
      }),
    ].sort((a, b) => (a.cluster < b.cluster ? -1 : 1)),
  };
}

function statusOf(assignment: Assignment, { key, reported }: SliceState, world: World): AssignmentStatus {
  const { cluster, revision, state } = assignment;
  const before = reported.find((each) => each.cluster === cluster);
  const sequence = Math.max(assignment.sequence ?? 0, before?.sequence ?? 0);
  const status = untimed(cluster, hashOf(assignment), revision, sequence);
  if (isOvertaken(assignment, reported)) {
    const isLeaving = before?.phase === 'Leaving' || before?.phase === 'Left';
    return timed(isLeaving ? before : { ...status, phase: 'Waiting' }, reported, world.now);
  }
  const runs = world.running.find((each) => each.sliceKey === key && each.cluster === cluster);
  if (state === 'Leaving') {
    return timed({ ...status, phase: runs === undefined ? 'Left' : 'Leaving' }, reported, world.now);
  }
  const phase = world.away.includes(cluster) ? 'Unreachable' : (runs?.health ?? 'Applying');
  const proves = world.idle.includes(cluster) ? { proves: false } : {};
  return timed({ ...status, ...proves, phase }, reported, world.now);
}

/** What a report says of health after a member has changed; a report that is not about health stays. */
function retold(status: AssignmentStatus, { key, reported }: SliceState, { running, away, now }: World) {
  const runs = running.find(({ sliceKey, cluster }) => sliceKey === key && cluster === status.cluster);
  if (status.phase === 'Leaving')
    return runs === undefined ? timed({ ...status, phase: 'Left' }, reported, now) : status;
  if (status.phase === 'Waiting' || status.phase === 'Left' || status.phase === 'Stray') return status;
  const phase = away.includes(status.cluster) ? 'Unreachable' : (runs?.health ?? 'Applying');
  return phase === status.phase ? status : timed({ ...status, phase }, reported, now);
}

function isOvertaken({ cluster, sequence = 0 }: Assignment, reported: readonly AssignmentStatus[]): boolean {
  return (reported.find((each) => each.cluster === cluster)?.sequence ?? 0) > sequence;
}

type Untimed = Omit<AssignmentStatus, 'since' | 'movingSince'>;

function untimed(cluster: string, entry: string, revision: string, sequence: number | undefined) {
  return {
    ...{ cluster, entry, revision, objects: { desired: 1, ready: 0 }, messages: [] },
    ...(sequence !== undefined && { sequence }),
  };
}

/** The same rule as Delivery's own: a phase lasts, and a cluster is on its way, for as long as the entry is the same. */
function timed({ cluster, entry, phase, ...rest }: Untimed, reported: readonly AssignmentStatus[], now: Instant) {
  const before = reported.find((each) => each.cluster === cluster && each.entry === entry);
  const since = before?.phase === phase ? before.since : formatTimestamp(now);
  const isSettled = phase === 'Healthy' || phase === 'Leaving' || phase === 'Left' || phase === 'Stray';
  const { movingSince: _, ...told } = rest as Omit<AssignmentStatus, 'cluster' | 'entry' | 'phase'>;
  const status: AssignmentStatus = { ...told, cluster, entry, phase, since };
  return isSettled ? status : { ...status, movingSince: before?.movingSince ?? formatTimestamp(now) };
}
