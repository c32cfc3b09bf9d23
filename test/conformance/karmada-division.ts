import { divideReplicas } from '../../functions/cluster-selector/replicas/divide-replicas.ts';
import type { DivisionPolicy, ReplicaTarget } from '../../functions/cluster-selector/replicas/division.ts';
import { fewestThatFit } from '../../functions/cluster-selector/replicas/fewest-that-fit.ts';
import { largestWeight } from '../../functions/cluster-selector/replicas/largest-weight.ts';
import type { Json } from '../../functions/kube/json.ts';
import { agreeOn } from './agree-on.ts';
import type { Family } from './family.ts';
import { type SelectQuestion, selectByScore } from './karmada-select.ts';
import { uidTieOrder } from './uid-tie-order.ts';

type Strategy = keyof typeof policies;
type Replicas = { readonly cluster: string; readonly replicas: number };

type Cluster = {
  readonly name: string;
  readonly allocatable: number;
  readonly available?: number;
  readonly tier?: number;
};

type AssignQuestion = {
  readonly op: 'strategy' | 'full';
  readonly clusters: readonly Cluster[];
  readonly strategy: Strategy | null;
  readonly staticWeights: readonly { readonly clusters: readonly string[]; readonly weight: number }[] | null;
  readonly replicas: number;
  readonly previous: readonly Replicas[];
  readonly uid?: string;
  readonly overflow?: boolean;
};

type DivideQuestion = {
  readonly op: 'divide';
  readonly strategy: Strategy;
  readonly target: number;
  readonly available: readonly Replicas[];
  readonly uid?: string;
};

const policies = {
  Duplicated: { mode: 'Duplicated' },
  StaticWeight: { mode: 'Divided', strategy: 'Weighted' },
  DynamicWeight: { mode: 'Divided', strategy: 'Capacity' },
  Aggregated: { mode: 'Divided', strategy: 'Aggregated' },
} as const satisfies { [strategy: string]: DivisionPolicy };

/** Replicas over clusters, and the choice of clusters by score; what has no order is compared without one. */
export const karmadaDivision: Family = {
  name: 'karmada-division',
  answer: (input) => {
    const question = input as unknown as AssignQuestion | DivideQuestion | SelectQuestion;
    if (question.op === 'select') return selectByScore(question);
    return question.op === 'divide' ? divide(question) : assign(question);
  },
  agrees: agreeOn('clusters'),
};

/** The peer does not divide a workload without replicas: it goes to all clusters, as what is no workload does. */
function assign(question: AssignQuestion): Json {
  const { op, clusters, strategy, replicas, uid = '', overflow = false } = question;
  if (op === 'full' && clusters.length === 0) return { error: 'noClusters' };
  const isUndivided = strategy === null || (op === 'full' && replicas === 0);
  const policy: DivisionPolicy | undefined = policies[isUndivided ? 'Duplicated' : strategy];
  if (policy === undefined) return { error: 'unsupported' };
  const targets = clusters.map((cluster, rank) => ({ ...targetOf(cluster, question, policy), rank }));
  const given = answerOf(replicas, targets, { ...policy, overflow, failback: true, ties: uidTieOrder(uid) });
  if (op === 'strategy' || replicas === 0 || 'error' in given) return given;
  return { replicas: Object.fromEntries(Object.entries(given.replicas).filter(([, count]) => count > 0)) };
}

/** The room of a cluster is only recorded where the strategy reads it; for the others it follows from what is available. */
function targetOf(cluster: Cluster, question: AssignQuestion, { strategy }: DivisionPolicy): ReplicaTarget {
  const { name, allocatable, available, tier = 0 } = cluster;
  const held = question.previous.find((previous) => previous.cluster === name)?.replicas;
  const readsRoom = strategy === 'Capacity' || strategy === 'Aggregated';
  const room = readsRoom || available === undefined ? allocatable : available - (held ?? 0);
  const rules = (question.staticWeights ?? []).map(({ clusters, weight }) => ({
    matches: (of: string) => clusters.includes(of),
    weight,
  }));
  const weight = largestWeight(rules, name);
  return {
    cluster: name,
    room,
    tier,
    ...(held === undefined ? {} : { held }),
    ...(weight === undefined ? {} : { weight }),
  };
}

/** The list is in the order in which Aggregated takes clusters. */
function divide({ strategy, target, available, uid = '' }: DivideQuestion): Json {
  if (strategy !== 'DynamicWeight' && strategy !== 'Aggregated') return { error: 'unsupported' };
  const taken = strategy === 'Aggregated' ? fewestThatFit(target, available, ({ replicas }) => replicas) : available;
  const targets = taken.map(({ cluster, replicas }) => ({ cluster, room: replicas }));
  return answerOf(target, targets, { ...policies.DynamicWeight, fresh: true, ties: uidTieOrder(uid) });
}

function answerOf(
  total: number,
  targets: readonly ReplicaTarget[],
  policy: DivisionPolicy,
): { error: string } | { replicas: { [cluster: string]: number } } {
  const { replicas, unplaced } = divideReplicas(total, targets, policy);
  return unplaced > 0 ? { error: 'unschedulable' } : { replicas: Object.fromEntries(replicas) };
}
