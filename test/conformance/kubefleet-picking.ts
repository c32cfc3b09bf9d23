import {
  compareRanks,
  numberToPick,
  type Order,
  pickTop,
  type Rank,
  rankBestFirst,
} from '../../functions/cluster-selector/spread/rank.ts';
import { shrink, surplusOf } from '../../functions/cluster-selector/spread/shrink.ts';
import type { Json } from '../../functions/kube/json.ts';

type Score = { readonly spread: number; readonly affinity: number; readonly obsolete?: number };
type Scored = Score & { readonly cluster: string };
type Binding = { readonly name: string; readonly cluster: string; readonly score: Score | null };

/** Questions about picking clusters and giving them up. */
export type PickingQuestion =
  | { op: 'pickTopN'; clusters: readonly Scored[]; n: number }
  | { op: 'numberToPick'; desired: number; limit: number; scored: number }
  | { op: 'shouldDownscale'; placementType: string; desired: number; present: number; obsolete: number }
  | { op: 'trimOrder'; bindings: readonly Binding[] }
  | { op: 'downscale'; scheduled: readonly Binding[]; bound: readonly Binding[]; count: number }
  | { op: 'scoreLess'; a: Score; b: Score }
  | { op: 'scoreOrder'; clusters: readonly Scored[] };

/** Answers a question about picking. */
export function answerPicking(question: PickingQuestion): Json {
  switch (question.op) {
    case 'pickTopN': {
      const { picked, rest } = pickTop(bestFirst(question.clusters), question.n);
      return { picked: picked.map(clusterOf), rest: rest.map(clusterOf) };
    }
    case 'numberToPick':
      return { n: numberToPick(question.desired, question.limit, question.scored) };
    case 'shouldDownscale': {
      const { placementType, desired, present, obsolete } = question;
      const { isTooMany, count } = surplusOf({
        ...(placementType === 'PickN' && { wanted: desired }),
        present,
        obsolete,
      });
      return { act: isTooMany, count };
    }
    case 'trimOrder':
      return { order: shrink([question.bindings], question.bindings.length, firstToGo).gone.map(nameOf) };
    case 'downscale': {
      const { kept, gone } = shrink([question.scheduled, question.bound], question.count, firstToGo);
      const [keptScheduled = [], keptBound = []] = kept.map((group) => group.map(nameOf));
      return { keptScheduled, keptBound, unscheduled: gone.map(nameOf).sort() };
    }
    case 'scoreLess':
      return { less: compareRanks(rankOf(question.a), rankOf(question.b)) > 0 };
    case 'scoreOrder':
      return { order: bestFirst(question.clusters).map(clusterOf) };
  }
}

/** KubeFleet sorts ascending and picks from the end, so that of equal clusters the one with the larger name comes first. */
function bestFirst(clusters: readonly Scored[]): readonly Scored[] {
  return rankBestFirst(clusters, rankOf, (a, b) => compareNames(b.cluster, a.cluster));
}

/** KubeFleet gives up what has no score before all else, and of equal clusters the one with the smaller name. */
const firstToGo: Order<Binding> = (a, b) => {
  if (a.score === null || b.score === null) {
    return Number(a.score !== null) - Number(b.score !== null) || compareNames(a.cluster, b.cluster);
  }
  return compareRanks(rankOf(b.score), rankOf(a.score)) || compareNames(a.cluster, b.cluster);
};

function rankOf({ spread, affinity, obsolete = 0 }: Score): Rank {
  return { spread, affinity, present: obsolete };
}

function compareNames(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

function clusterOf({ cluster }: Scored): string {
  return cluster;
}

function nameOf({ name }: Binding): string {
  return name;
}
