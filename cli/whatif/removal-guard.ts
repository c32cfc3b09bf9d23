import type { PlacementContext } from '../../functions/cluster-selector/placement-context.ts';
import { resolveRollout } from '../../functions/fan-out/policy/rollout-policy.ts';
import { type FanOutSettings, readSettings } from '../../functions/fan-out/read-settings.ts';
import type { KubeObject } from '../../functions/kube/object.ts';
import type { PipelineStep } from '../offline-hub/pipeline.ts';

/** Clusters that would have to leave at once and are more than may: a hub holds all of them until somebody approves. */
export interface HeldRemovals {
  /** Sorted. */
  readonly clusters: readonly string[];
  /** How many may leave at a time. */
  readonly limit: number;
}

/** Returns what the removal guard of a hub would hold of a decision about a composite that is on so many clusters; nothing when they may leave. */
export function heldRemovals(
  fanOut: PipelineStep,
  composite: KubeObject,
  decision: PlacementContext,
  present: ReadonlySet<string>,
): HeldRemovals | undefined {
  const { mode, verdicts } = decision.placement;
  const leaving = verdicts.flatMap(({ verdict, cluster }) =>
    verdict === 'Leaving' && present.has(cluster) ? [cluster] : [],
  );
  if (mode === 'KeepLastGood' || leaving.length === 0) return undefined;
  const settings = readSettings((fanOut.input?.['spec'] ?? {}) as FanOutSettings, composite, decision);
  if (settings.problems !== undefined) return undefined;
  const { rollout, floors } = settings.value;
  const limit = resolveRollout(rollout, 'spec.rollout', floors).value?.maxRemovals(present.size);
  return limit === undefined || leaving.length <= limit ? undefined : { clusters: leaving.sort(), limit };
}
