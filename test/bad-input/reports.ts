import type { OfflineHub } from '../../cli/offline-hub/hub.ts';
import type { RolloutStatus } from '../../functions/generated/types.ts';
import { conditionsOf, type KubeObject } from '../../functions/kube/object.ts';

/** One line that somebody can read on a hub: on which kind of object, and where there. */
export type Report = { readonly on: string; readonly in: string; readonly line: string };

/** Conditions that are well when they are False. */
const wellWhenFalse = new Set(['RemovalHeld']);

/** Returns every line in which a composite says that something is wrong with it. */
export function reportsOn(hub: OfflineHub): readonly Report[] {
  return ['App', 'ComputeNamespace', 'Tier', 'ClusterSet', 'Platform', 'AssignmentSlice', 'Approval', 'AndonCord']
    .flatMap((kind) => hub.list({ apiVersion: 'crossply.dev/v1alpha1', kind }))
    .flatMap((composite) => [...ofConditions(composite), ...ofStatus(composite)]);
}

function ofConditions(composite: KubeObject): readonly Report[] {
  return conditionsOf(composite).flatMap(({ type, status, message = '' }) => {
    const isWell = status === (wellWhenFalse.has(type) ? 'False' : 'True');
    return isWell ? [] : message.split('\n').map((line) => ({ on: composite.kind, in: type, line }));
  });
}

function ofStatus({ kind, status }: KubeObject): readonly Report[] {
  const { assignments = [], overrides = [], placement } = (status ?? {}) as RolloutStatus;
  const verdicts = (placement?.verdicts ?? []).filter(({ reason }) => !reason.startsWith('member of '));
  return [
    ...verdicts.map(({ cluster, reason }) => ({ on: kind, in: 'status.placement', line: `${cluster}: ${reason}` })),
    ...overrides.flatMap(({ index, problem }) =>
      problem === undefined ? [] : [{ on: kind, in: 'status.overrides', line: `spec.overrides[${index}]: ${problem}` }],
    ),
    ...assignments.flatMap(({ cluster, message }) =>
      message === undefined
        ? []
        : message.split('\n').map((line) => ({ on: kind, in: 'status.assignments', line: `${cluster}: ${line}` })),
    ),
  ];
}
