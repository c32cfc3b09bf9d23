import type { GateInput } from '../../../functions/fan-out/gate/moves.ts';
import { beginRun } from '../../../functions/fan-out/record/begin-run.ts';
import type { Assignment, AssignmentStatus, Rollout } from '../../../functions/generated/types.ts';
import { formatTimestamp } from '../../../functions/kube/timestamp.ts';
import { entryHash, type PlacedAssignment } from '../../../functions/slices/placed-assignment.ts';

/** A canary stage by label, a twentieth drawn by hash, then the rest, in the order of a label. */
export const benchRollout: Rollout = {
  waves: [
    { name: 'canary', clusterSelector: { matchLabels: { stage: 'canary' } }, soak: '5m' },
    { name: 'early', percent: 5, maxFailures: 2 },
    { name: 'rest', maxConcurrent: '10%', maxFailures: '5%', orderBy: 'order' },
  ],
};

/** Returns a fleet in the middle of a rollout: half has the new revision, some of it on the way, failed or not to be reached. */
export function benchFleet(count: number, now: number): GateInput {
  const names = Array.from({ length: count }, (_, index) => `cluster-${String(index).padStart(5, '0')}`);
  const openedAt = formatTimestamp(now - 3_600_000);
  const begun = beginRun(undefined, { revision: 'new', direction: 'Forward', hasOtherValues: false }, now - 7_200_000);
  return {
    current: names.map((name, index) => placed(name, index, now)),
    wanted: new Map(names.map((name) => [name, { ...entry(name, 'new'), replicas: { web: 3 } }])),
    labels: new Map(
      names.map((name, index) => [name, { stage: index % 50 === 0 ? 'canary' : 'live', order: String(index % 97) }]),
    ),
    ...{ meanwhile: new Map(), unwanted: new Set(names.slice(-3)), blocked: new Map(), brakes: [] },
    run: {
      ...{ ...begun, stable: 'old' },
      waves: [...Map.groupBy(names, (_, index) => waveOf(index))].map(([name, clusters]) => ({
        ...{ name, openedAt, clusters },
        ...(name !== 'rest' && { passed: true }),
      })),
    },
    ...{ paused: new Map(), provable: () => true },
    consent: () => ({ approvers: new Map(), rejections: new Map(), removals: [], ignored: new Map() }),
  };
}

/** As the rollout remembers it: by label, then a twentieth, then the rest. */
function waveOf(index: number): 'canary' | 'early' | 'rest' {
  if (index % 50 === 0) return 'canary';
  return index % 20 === 1 ? 'early' : 'rest';
}

function placed(name: string, index: number, now: number): PlacedAssignment {
  const revision = index % 2 === 0 ? 'new' : 'old';
  const assignment = { ...entry(name, revision), replicas: { web: 3 }, sequence: 2 };
  const since = formatTimestamp(now - 600_000 + (index % 9) * 60_000);
  const phase = phaseOf(index);
  const status: AssignmentStatus = {
    ...{ cluster: name, entry: entryHash(assignment), revision, sequence: 2, phase, messages: [], since },
    objects: { desired: 12, ready: phase === 'Healthy' ? 12 : 7 },
    ...(phase !== 'Healthy' && { movingSince: since }),
  };
  return { assignment, sliceKey: `slice/platform/all/${Math.floor(index / 25)}`, status, delivered: 2 };
}

function phaseOf(index: number): AssignmentStatus['phase'] {
  if (index % 60 === 2) return 'Applying';
  if (index % 90 === 4) return 'Unreachable';
  return index % 200 === 6 ? 'Unhealthy' : 'Healthy';
}

function entry(name: string, revision: string): Assignment {
  const providerConfig = { kind: 'ClusterProviderConfig' as const, name };
  const values = [{ expression: 'cluster.name', value: name }];
  return { cluster: name, providerConfig, revision, format: 1, values, state: 'Assigned' };
}
