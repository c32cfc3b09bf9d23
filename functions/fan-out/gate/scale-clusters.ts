import type { Assignment, AssignmentValue } from '../../generated/types.ts';
import { isOvertaken } from '../../slices/placed-assignment.ts';
import { replicaHole } from '../../template/replica-holes.ts';
import type { RolloutPolicy } from '../policy/rollout-policy.ts';
import { type ClusterView, isPending } from './cluster-view.ts';
import { inTurn } from './compare-entry.ts';
import type { Turns } from './go-forward.ts';
import type { GateInput } from './moves.ts';
import type { Wave } from './survey-waves.ts';

/**
 * Returns the clusters that get another number of replicas at once, where the policy lets them: those that have their content,
 * and on the way forward those that wait for it, with what they run now. Whose content changes anyway gets them with it.
 */
export function scaleClusters(
  waves: readonly Wave[],
  { run }: Pick<GateInput, 'run'>,
  { scaleImmediately }: Pick<RolloutPolicy, 'scaleImmediately'>,
  changing: ReadonlySet<string>,
): Turns {
  const able = waves
    .flatMap(({ counted, newcomers }) => [...counted, ...newcomers])
    .filter(({ standing, isPaused, name }) => standing !== 'Blocked' && !isPaused && !changing.has(name));
  const scaled = able.filter((view) => view.likeness === 'Scaled' && !isPending(view));
  const waiting =
    scaleImmediately && run.direction === 'Forward' ? able.filter(({ likeness }) => likeness === 'Other') : [];
  return {
    set: [
      ...scaled.map(({ next, entry }) => inTurn(next, entry)),
      ...waiting.flatMap((view) => scaleInPlace(view) ?? []),
    ],
    waiting: new Map(),
  };
}

function scaleInPlace({ entry, next }: ClusterView): Assignment | undefined {
  if (entry === undefined || isOvertaken(entry)) return undefined;
  const { replicas: before = {} } = entry.assignment;
  const components = Object.entries(before);
  const after = (component: string, count: number) => next.replicas?.[component] ?? count;
  if (components.every(([component, count]) => after(component, count) === count)) return undefined;
  const replicas = Object.fromEntries(components.map(([component, count]) => [component, after(component, count)]));
  const scaled = withReplicas(entry.assignment, replicas);
  return scaled && inTurn(scaled, entry);
}

/** Returns an entry with the same content and other replicas; nothing where values depend on replicas in a way that cannot be told. */
function withReplicas(
  { values = [], ...assignment }: Assignment,
  replicas: NonNullable<Assignment['replicas']>,
): Assignment | undefined {
  const restated = values.flatMap((each): AssignmentValue[] => {
    const hole = replicaHole(each.expression);
    if (hole?.takes !== 'Count') return mayDepend.test(each.expression) ? [] : [each];
    const value = replicas[hole.component];
    return value === undefined ? [] : [{ ...each, value }];
  });
  if (restated.length < values.length) return undefined;
  return { ...assignment, ...(restated.length > 0 && { values: restated }), replicas };
}

const mayDepend = /\b(replicas|share)\b/;
