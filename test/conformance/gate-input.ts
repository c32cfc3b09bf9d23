import type { GateInput } from '../../functions/fan-out/gate/moves.ts';
import { beginRun } from '../../functions/fan-out/record/begin-run.ts';
import type { Assignment, AssignmentStatus } from '../../functions/generated/types.ts';
import { formatTimestamp } from '../../functions/kube/timestamp.ts';
import { entryHash, type PlacedAssignment } from '../../functions/slices/placed-assignment.ts';

/** The revision that every cluster should have. */
export const target = 'target';

/** The time from which tables count their seconds. */
export const lookedAt = Date.UTC(2026, 0, 1);

/** A cluster as a table has it; `since` is in seconds from now, the past below zero. */
type Cluster = {
  readonly cluster: string;
  readonly revision: string;
  readonly phase: AssignmentStatus['phase'];
  readonly since: number;
};

/** Returns a cluster that stands in a slice, reported as it stands. */
export function placedAt({ cluster, revision, phase, since: seconds }: Cluster): PlacedAssignment {
  const assignment = { ...assignmentOf(cluster), revision, sequence: 2 };
  const since = formatTimestamp(lookedAt + seconds * 1000);
  const status: AssignmentStatus = {
    ...{ cluster, entry: entryHash(assignment), revision, sequence: 2, phase, messages: [], since },
    ...(phase !== 'Healthy' && { movingSince: since }),
    objects: { desired: 1, ready: 0 },
  };
  return { assignment, sliceKey: 'slice', status };
}

/** Returns a fleet on its way to the target, of which nothing is remembered and of which nobody has said anything. */
export function fleetInput(current: readonly PlacedAssignment[], wanted: readonly string[]): GateInput {
  const present = current.map(({ assignment }) => assignment.cluster);
  return {
    current,
    wanted: new Map(wanted.map((cluster) => [cluster, assignmentOf(cluster)])),
    unwanted: new Set(present.filter((cluster) => !wanted.includes(cluster))),
    ...{ meanwhile: new Map(), blocked: new Map(), labels: new Map(), brakes: [] },
    run: beginRun(undefined, { revision: target, direction: 'Forward', hasOtherValues: false }, lookedAt),
    ...{ paused: new Map(), provable: () => true },
    consent: () => ({ approvers: new Map(), rejections: new Map(), removals: [], ignored: new Map() }),
  };
}

function assignmentOf(cluster: string): Assignment {
  const providerConfig = { kind: 'ClusterProviderConfig' as const, name: cluster };
  return { cluster, providerConfig, revision: target, format: 1, state: 'Assigned' };
}
