import assert from 'node:assert/strict';
import type { Assignment, AssignmentStatus, Rollout, RolloutRecord } from '../../generated/types.ts';
import { formatTimestamp } from '../../kube/timestamp.ts';
import type { PlacedAssignment } from '../../slices/placed-assignment.ts';
import { resolveRollout } from '../policy/rollout-policy.ts';
import { beginRun } from '../record/begin-run.ts';
import type { GateInput, Moves } from './moves.ts';
import { openGate } from './open-gate.ts';
import type { Consent } from './read-consent.ts';

/** The time at which the tests of the gate look. */
export const now = Date.UTC(2026, 0, 1, 12);

/** Returns the time a number of minutes before, as Kubernetes writes it. */
export const minutesAgo = (minutes: number) => formatTimestamp(now - minutes * 60_000);

/** Returns an entry for a cluster, to the revision `new` unless said otherwise; it was changed at least once. */
export function assignment(cluster: string, revision = 'new', more: Partial<Assignment> = {}): Assignment {
  const providerConfig = { kind: 'ClusterProviderConfig' as const, name: cluster };
  return { cluster, providerConfig, revision, format: 1, state: 'Assigned', sequence: 2, ...more };
}

/** Returns a cluster that stands in a slice; without a phase nothing has been reported of the entry yet. */
export function placed(entry: Assignment, phase?: AssignmentStatus['phase'], since = minutesAgo(1)): PlacedAssignment {
  if (phase === undefined) return { assignment: entry, sliceKey: 's' };
  const { cluster, revision } = entry;
  const status: AssignmentStatus = {
    ...{ cluster, entry: 'e', revision, phase, objects: { desired: 1, ready: 1 }, messages: [], since },
    ...(phase !== 'Healthy' && { movingSince: since }),
  };
  return { assignment: entry, sliceKey: 's', status };
}

/** Returns what clusters should have: the revision `new`. */
export function wanted(...clusters: readonly string[]): ReadonlyMap<string, Assignment> {
  return new Map(
    clusters.map((cluster) => {
      const { sequence: _, ...entry } = assignment(cluster);
      return [cluster, entry];
    }),
  );
}

/** Nobody has said anything. */
export const silence: Consent = { approvers: new Map(), rejections: new Map(), removals: [], ignored: new Map() };

/** Returns a rollout to the revision `new` that is under way. */
export function run(more: Partial<RolloutRecord> = {}): RolloutRecord {
  const begun = beginRun(undefined, { revision: 'new', direction: 'Forward', hasOtherValues: false }, now - 3_600_000);
  return { ...begun, ...more };
}

/** Returns the moves for a fleet and the clusters that are set, by name. */
export function open(
  input: Partial<Omit<GateInput, 'wanted' | 'consent'>> &
    Pick<GateInput, 'current' | 'wanted'> & { readonly consent?: Consent },
  rollout: Rollout = {},
): Moves & { readonly names: readonly string[]; readonly opened: readonly string[] } {
  const policy = resolveRollout(rollout, 'spec.rollout');
  assert.ok(policy.value, JSON.stringify(policy.problems));
  const { consent = silence, ...given } = input;
  const moves = openGate(
    {
      ...{ unwanted: new Set(), blocked: new Map(), meanwhile: new Map(), labels: new Map(), brakes: [] },
      ...{ run: run(), paused: new Map(), provable: () => true, consent: () => consent },
      ...given,
    },
    policy.value,
    now,
  );
  return {
    ...moves,
    names: moves.set.map(({ cluster }) => cluster),
    opened: moves.filled.flatMap(({ name, isOpen }) => (isOpen ? [name] : [])),
  };
}
