import { countExtremes, domainCounts } from '../../functions/cluster-selector/spread/domain-counts.ts';
import { judgeSpread, spreadStates } from '../../functions/cluster-selector/spread/judge-spread.ts';
import { skewRule } from '../../functions/cluster-selector/spread/skew.ts';
import { isHard } from '../../functions/cluster-selector/spread/spread-constraint.ts';
import type { SpreadConstraint } from '../../functions/generated/types.ts';
import type { Json } from '../../functions/kube/json.ts';
import { type FleetCluster, factsOf } from './kubefleet-cluster.ts';

type Names = readonly string[];
type Clusters = readonly FleetCluster[];
type Constraint = {
  readonly topologyKey: string;
  readonly maxSkew?: number | null;
  readonly whenUnsatisfiable?: 'DoNotSchedule' | 'ScheduleAnyway' | null;
};

/** Questions about spread. */
export type SpreadQuestion =
  | { op: 'spreadCount'; clusters: Clusters; bound: Names; topologyKey: string }
  | { op: 'skew'; counts: { readonly [domain: string]: number }; domain: string; maxSkew?: number | null }
  | { op: 'spread'; clusters: Clusters; bound: Names; constraints: readonly Constraint[] }
  | { op: 'classifyConstraints'; constraints: readonly Constraint[] };

/** Answers a question about spread. */
export function answerSpread(question: SpreadQuestion): Json {
  switch (question.op) {
    case 'spreadCount':
      return count(question.clusters, question.bound, question.topologyKey);
    case 'skew': {
      const limits = typeof question.maxSkew === 'number' ? { maxSkew: question.maxSkew } : {};
      const effect = skewRule(new Map(Object.entries(question.counts)), limits)(question.domain);
      if (effect === undefined) return { error: true };
      return { violated: effect.exceeds !== undefined, skewChange: effect.change };
    }
    case 'spread':
      return judge(question.clusters, question.bound, question.constraints);
    case 'classifyConstraints': {
      const constraints = question.constraints.map(constraintOf);
      const soft = constraints.filter((constraint) => !isHard(constraint));
      return { hard: constraints.filter(isHard).map(inShort), soft: soft.map(inShort) };
    }
  }
}

function count(clusters: Clusters, bound: Names, topologyKey: string): Json {
  const counts = domainCounts(clusters.map(factsOf), { topologyKey }, new Set(bound));
  const extremes = countExtremes(counts) ?? { smallest: null, secondSmallest: null, largest: null };
  return { counts: Object.fromEntries(counts), ...extremes };
}

function judge(clusters: Clusters, bound: Names, constraints: readonly Constraint[]): Json {
  const all = clusters.map(factsOf);
  const states = spreadStates(all, constraints.map(constraintOf), new Set(bound));
  const judged = all.map((cluster) => ({ name: cluster.name, ...judgeSpread(states, cluster) }));
  const violations = judged.flatMap(({ name, broken }) => {
    if (broken === undefined) return [];
    const { topologyKey = null, maxSkew = null } = broken.constraint;
    return [[name, { topologyKey, maxSkew }]];
  });
  const scores = judged.flatMap(({ name, broken, score }) => (broken === undefined ? [[name, score]] : []));
  return { violations: Object.fromEntries(violations), scores: Object.fromEntries(scores) };
}

function constraintOf({ topologyKey, maxSkew, whenUnsatisfiable }: Constraint): SpreadConstraint {
  return {
    topologyKey,
    ...(typeof maxSkew === 'number' && { maxSkew }),
    ...(typeof whenUnsatisfiable === 'string' && { whenUnsatisfiable }),
  };
}

function inShort({ topologyKey = '', maxSkew = null }: { topologyKey?: string; maxSkew?: number | null }): Json {
  return [topologyKey, maxSkew];
}
