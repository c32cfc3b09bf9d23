import type { Instant } from '../../runtime/composition-function.ts';
import { isDone, type PlacedAssignment } from '../../slices/placed-assignment.ts';

/** Replicas by component. */
export type Replicas = { readonly [component: string]: number };

/** How far a cluster is that is to get more replicas: `Lost` could not be reached, and `Failed` not get healthy, before its deadline passed. */
export type Growth = 'Waiting' | 'Moving' | 'Failed' | 'Lost';

/** What a cluster has of a composite's replicas, and what it is to have. */
export type Stock = {
  readonly cluster: string;
  /** Absent for a cluster that has not joined. */
  readonly entry?: PlacedAssignment;
  /** Replicas of its entry with which it has been healthy: those that may be counted on. */
  readonly sure: Replicas;
  /** Nothing for a cluster that is to leave. */
  readonly goal: Replicas;
  /** Absent where nothing is to grow. */
  readonly growth?: Growth;
  /** When one that is on its way is given up. */
  readonly failsAt?: Instant;
};

/** Returns the stock of a cluster; its entry is one that is assigned. */
export function stockOf(
  cluster: string,
  entry: PlacedAssignment | undefined,
  goal: Replicas,
  deadlineMs: number,
  now: Instant,
): Stock {
  const stock = { cluster, ...(entry !== undefined && { entry }), sure: sureReplicas(entry), goal };
  if (Object.entries(goal).every(([component, count]) => count <= amountOf(stock.sure, component))) return stock;
  const { status, assignment } = entry ?? {};
  const isBegun = Object.entries(goal).every(
    ([component, count]) => count <= amountOf(assignment?.replicas, component),
  );
  const isLost = status?.phase === 'Unreachable';
  if (status === undefined || (!isBegun && !isLost)) return { ...stock, growth: isBegun ? 'Moving' : 'Waiting' };
  const failsAt = Date.parse(status.movingSince ?? status.since) + deadlineMs;
  if (failsAt <= now) return { ...stock, growth: isLost ? 'Lost' : 'Failed' };
  return { ...stock, growth: isBegun ? 'Moving' : 'Waiting', failsAt };
}

/** Returns how many replicas of a component there are. */
export function amountOf(replicas: Replicas | undefined, component: string): number {
  return replicas?.[component] ?? 0;
}

/** What it was healthy with under an earlier entry counts as far as it still has it: whatever is new has to show itself first. */
function sureReplicas(entry: PlacedAssignment | undefined): Replicas {
  const { replicas = {} } = entry?.assignment ?? {};
  if (entry === undefined || isDone(entry)) return replicas;
  return Object.fromEntries(
    Object.entries(replicas).map(([component, count]) => [
      component,
      Math.min(count, amountOf(entry.healthyReplicas, component)),
    ]),
  );
}
