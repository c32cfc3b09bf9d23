import type { Instant } from '../runtime/composition-function.ts';
import type { PlacementPolicy } from './policy.ts';
import { selectClusters, trimClusters } from './select-clusters.ts';
import { numberToPick, pickTop } from './spread/rank.ts';
import { surplusOf } from './spread/shrink.ts';
import type { Surveyed } from './survey.ts';

/** Which clusters the composite should be on in the end, and who would come next. */
export interface Choice {
  readonly chosen: ReadonlySet<Surveyed>;
  /** The cluster that would be taken if one more were wanted. */
  readonly next?: Surveyed;
  /** What a strict spread constraint says against more. */
  readonly blockedBecause?: string;
  /** Whether starting over has led to its end: what was chosen is what would be chosen if nothing ran. */
  readonly isSettled: boolean;
}

/** Returns the clusters of a composite that runs on all that match: of the first group that has any, where there are groups and replicas do not overflow from one to the next. */
export function chooseAll(fleet: readonly Surveyed[], policy: PlacementPolicy, now: Instant): Choice {
  const staying = fleet.filter(({ standing }) => standing?.kind === 'Holds' || standing?.kind === 'Replaceable');
  const eligible = [...staying, ...fleet.filter(isFree)];
  if (policy.groups.length === 0 || policy.overflows) return { chosen: new Set(eligible), isSettled: true };
  const settled = Math.min(...staying.map(({ group }) => group), Number.POSITIVE_INFINITY);
  const fit = fleet
    .filter(isFree)
    .filter((each) => !Number.isFinite(settled) || policy.isFresh || mayTakeOver(each, policy, now));
  const group = Math.min(settled, ...fit.map((each) => each.group));
  return { chosen: new Set(eligible.filter((each) => each.group === group || isPinned(each))), isSettled: true };
}

/**
 * Returns the clusters of a composite that wants a number of them: those that hold their place, the shortfall filled from
 * the rest, and as many exchanges as are allowed at once. A cluster that could be replaced stays while nothing better is left.
 */
export function chooseSome(fleet: readonly Surveyed[], wanted: number, policy: PlacementPolicy, now: Instant): Choice {
  const free = fleet.filter(isFree).map(lastIfLeaving(policy));
  const due = fleet.filter((each) => isReplaceable(each, free, policy, now)).sort(byUrgency);
  const holding = fleet.filter(({ standing }) => standing?.kind === 'Holds').filter((each) => !due.includes(each));
  const surplus = trimClusters(
    holding.filter((each) => !isPinned(each)),
    surplusOf({ wanted, present: holding.length, obsolete: 0 }).count,
    policy.spread,
    holding.filter(isPinned),
  );
  const kept = holding.filter((each) => !surplus.includes(each));
  const pool = policy.isFresh ? [...free, ...due.filter(({ rejections }) => rejections.length === 0)] : free;
  const { taken: picked, blockedBecause } = selectClusters(kept, pool, wanted - kept.length, policy.spread);
  const ideal = new Set(picked.map(({ facts }) => facts.name));
  const outgoing = due.filter(({ facts }) => !ideal.has(facts.name));
  const shortfall = wanted - kept.length - picked.length;
  const replaced = Math.max(0, numberToPick(outgoing.length - shortfall, policy.maxConcurrentMoves, outgoing.length));
  const retained = outgoing.slice(replaced).slice(0, Math.max(0, wanted - kept.length - picked.filter(isHere).length));
  const joining = picked.filter((each) => !isHere(each));
  const base = [...kept, ...picked.filter(isHere), ...retained];
  const [next] = selectClusters(
    [...kept, ...picked],
    pool.filter((each) => !picked.includes(each)),
    1,
    policy.spread,
  ).taken;
  const names = new Set(
    [...base, ...pickTop(joining, Math.max(0, wanted - base.length)).picked].map(({ facts }) => facts.name),
  );
  return {
    chosen: new Set(fleet.filter(({ facts }) => names.has(facts.name))),
    ...(next !== undefined && { next }),
    ...(blockedBecause !== undefined && { blockedBecause }),
    isSettled: outgoing.length === 0 && joining.length === 0,
  };
}

/** Tells whether a cluster runs nothing of the composite and new work may go there. */
export function isFree({ candidate, rejections, standing }: Surveyed): boolean {
  return candidate !== undefined && standing === undefined && rejections.length === 0;
}

/** Tells whether a cluster stays whatever else is wanted. */
function isPinned({ standing }: Surveyed): boolean {
  return standing?.kind === 'Holds' && standing.isPinned === true;
}

function isHere({ standing }: Surveyed): boolean {
  return standing !== undefined;
}

/** A cluster that still has objects of the composite that are going is taken only when there is no other. */
function lastIfLeaving({ groups }: PlacementPolicy): (each: Surveyed) => Surveyed {
  return (each) => (each.isLeaving ? { ...each, group: each.group + groups.length + 1 } : each);
}

function isReplaceable(
  { standing, group, rejections }: Surveyed,
  free: readonly Surveyed[],
  policy: PlacementPolicy,
  now: Instant,
): boolean {
  if (standing?.kind === 'Replaceable') return true;
  if (standing?.kind !== 'Holds' || standing.isPinned === true) return false;
  if (policy.isFresh) return rejections.length === 0;
  return free.some((each) => each.group < group && mayTakeOver(each, policy, now));
}

/** Tells whether a cluster of an earlier group has been fit for long enough to take work back. */
function mayTakeOver({ candidate }: Surveyed, { failbackAfterMs }: PlacementPolicy, now: Instant): boolean {
  if (candidate === undefined || failbackAfterMs === undefined) return false;
  return fitSince(candidate) + failbackAfterMs <= now;
}

/** Returns since when a cluster has been as it is; the beginning of time when no change was ever seen. */
export function fitSince({ healthChangedAt, changedAt }: NonNullable<Surveyed['candidate']>): Instant {
  return Math.max(healthChangedAt ?? Number.NEGATIVE_INFINITY, changedAt ?? Number.NEGATIVE_INFINITY);
}

/** Those that have waited longest go first; the others in tie order, so that two evaluations agree. */
function byUrgency(a: Surveyed, b: Surveyed): number {
  const since = ({ standing }: Surveyed) =>
    standing?.kind === 'Replaceable' ? standing.since : Number.POSITIVE_INFINITY;
  const [first, second] = [since(a), since(b)];
  return first === second ? a.tie - b.tie : first - second;
}
