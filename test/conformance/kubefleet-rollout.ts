import { openGate } from '../../functions/fan-out/gate/open-gate.ts';
import { resolveRollout } from '../../functions/fan-out/policy/rollout-policy.ts';
import type { Json } from '../../functions/kube/json.ts';
import { isDone } from '../../functions/slices/placed-assignment.ts';
import { agreeOn } from './agree-on.ts';
import type { Family } from './family.ts';
import { fleetInput, lookedAt, placedAt, target } from './gate-input.ts';

type Condition = {
  readonly type: string;
  readonly status: string;
  readonly reason: string;
  readonly generation: number;
};
type ReadyQuestion = {
  op: 'ready';
  generation: number;
  conditions: readonly Condition[];
  untrackableReasons: readonly string[];
};
type EvictionQuestion = {
  op: 'evictionAllowed';
  placementType: string;
  numberOfClusters: number | null;
  budget: { readonly maxUnavailable?: number | string; readonly minAvailable?: number | string };
  bindings: readonly { readonly state: string; readonly available: boolean }[];
};
type Question = ReadyQuestion | EvictionQuestion;

/** When a cluster counts as healthy, and whether one more may be disturbed. */
export const kubefleetRollout: Family = {
  name: 'kubefleet-rollout',
  answer: (input) => {
    const question = input as unknown as Question;
    return question.op === 'ready' ? isReady(question) : mayDisturb(question);
  },
  agrees: agreeOn(),
  unmapped: (input) =>
    unmapped(input as unknown as Question | { op: 'pick' | 'waitForCleanup' | 'evict' | 'evictionValid' }),
};

/** A report of an older generation is one of an entry that has changed since. */
function isReady({ generation, conditions }: ReadyQuestion): Json {
  const current = conditions.filter((each) => each.generation === generation);
  const isWell = current.some(({ type, status }) => ['Available', 'DiffReported'].includes(type) && status === 'True');
  const entry = placedAt({ cluster: 'c', revision: target, phase: isWell ? 'Healthy' : 'Applying', since: 0 });
  const { status, ...unreported } = entry;
  const ready = isDone(current.length > 0 && status !== undefined ? { ...unreported, status } : unreported);
  return { ready, waitSeconds: ready ? 0 : null };
}

/** Clusters that are not available are on their way; may one of the others change as well? */
function mayDisturb({ budget, bindings }: EvictionQuestion): Json {
  const policy = resolveRollout(
    { waves: [{ name: 'all', maxConcurrent: budget.maxUnavailable ?? 0 }] },
    'budget',
  ).value;
  if (policy === undefined) throw new Error('the budget is refused');
  const current = bindings.map(({ available }, index) =>
    available
      ? placedAt({ cluster: `c${index}`, revision: 'before', phase: 'Healthy', since: -60 })
      : placedAt({ cluster: `c${index}`, revision: target, phase: 'Applying', since: 0 }),
  );
  const names = current.map(({ assignment }) => assignment.cluster);
  const moves = openGate(fleetInput(current, names), policy, lookedAt);
  return { allowed: moves.set.length > 0, available: current.filter(isDone).length };
}

function unmapped(
  question: Question | { op: 'pick' | 'waitForCleanup' | 'evict' | 'evictionValid' },
): string | undefined {
  switch (question.op) {
    case 'pick':
      return 'bindings are chosen by surge and unavailable budgets; our waves count clusters on their way, and joining and leaving have limits of their own';
    case 'waitForCleanup':
      return 'a cluster has one entry, never two bindings side by side';
    case 'evict':
    case 'evictionValid':
      return 'there are no eviction objects; a cluster is drained by a taint, through placement';
    case 'ready':
      return question.conditions.some(({ reason }) => question.untrackableReasons.includes(reason))
        ? 'there is no state that cannot be tracked: every object is Ready or not'
        : undefined;
    case 'evictionAllowed':
      return question.budget.maxUnavailable === undefined
        ? 'there is no minimum of available clusters but the last one'
        : undefined;
  }
}
