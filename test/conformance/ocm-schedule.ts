import { weightedSum } from '../../functions/cluster-selector/scores/combine-scores.ts';
import { pickTop, rankBestFirst } from '../../functions/cluster-selector/spread/rank.ts';
import { checkTolerations } from '../../functions/clusters/check-tolerations.ts';
import { repellingTaint } from '../../functions/clusters/taints.ts';
import type { Json } from '../../functions/kube/json.ts';
import { type OcmCluster, type OcmToleration, taintsOf, tolerationsOf } from './ocm-cluster.ts';
import {
  addOnScores,
  balanceScores,
  namesOf,
  type Reported,
  resourceScores,
  type Scores,
  steadyScores,
} from './ocm-scores.ts';

/** A whole placement. */
export interface ScheduleQuestion {
  readonly numberOfClusters: number | null;
  readonly tolerations?: readonly OcmToleration[];
  readonly prioritizers?: { readonly mode?: string; readonly weights?: Weights } | null;
  readonly clusters: readonly OcmCluster[];
  readonly own?: readonly string[];
  readonly others?: readonly (readonly string[])[];
  readonly reported?: Reported;
}

type Weights = { readonly [prioritizer: string]: number };
type Prioritizer = (clusters: readonly OcmCluster[], question: ScheduleQuestion) => Scores;
type Plugin = { readonly name: string; readonly weight: number; readonly prioritizer: Prioritizer };

const defaultWeights: Weights = { Balance: 1, Steady: 1 };

/** Decides a placement: the taint filter, the prioritizers by weight, the best first and equal ones by name. */
export function schedule(question: ScheduleQuestion): Json {
  const { numberOfClusters, own = [], prioritizers } = question;
  const tolerations = tolerationsOf(question.tolerations ?? []);
  if (checkTolerations(tolerations, '').length > 0) return misconfigured([]);
  const decided = new Set(own);
  const feasible = question.clusters.filter(
    (cluster) =>
      repellingTaint(taintsOf(cluster), tolerations, 0, { isPresent: decided.has(cluster.name) }) === undefined,
  );
  const plugins = pluginsOf(prioritizers?.mode ?? '', prioritizers?.weights ?? {});
  if (plugins === undefined) return misconfigured(namesOf(feasible));
  const scores = plugins.map(({ prioritizer, ...plugin }) => ({ ...plugin, scores: prioritizer(feasible, question) }));
  const total = (cluster: string) => weightedSum(scores.map((part) => ({ ...part, score: part.scores[cluster] ?? 0 })));
  const ranked = rankBestFirst(
    namesOf(feasible),
    (cluster) => ({ spread: 0, affinity: total(cluster), present: 0 }),
    (a, b) => (a < b ? -1 : Number(a > b)),
  );
  const { picked } = pickTop(ranked, numberOfClusters ?? ranked.length);
  return {
    decisions: picked,
    unscheduled: numberOfClusters === null ? 0 : numberOfClusters - picked.length,
    ranked,
    scores: Object.fromEntries(scores.map(({ name, ...rest }) => [name, rest])),
  };
}

function misconfigured(ranked: readonly string[]): Json {
  return { error: true, decisions: [], unscheduled: 0, ranked, scores: {} };
}

/** Returns the prioritizers that count; nothing for a mode or a prioritizer that does not exist. */
function pluginsOf(mode: string, given: Weights): readonly Plugin[] | undefined {
  if (!['Exact', 'Additive', ''].includes(mode)) return undefined;
  const weights = mode === 'Exact' ? given : { ...defaultWeights, ...given };
  const used = Object.entries(weights).filter(([, weight]) => weight !== 0);
  const plugins = used.flatMap(([name, weight]): Plugin[] => {
    const prioritizer = prioritizerOf(name);
    return prioritizer === undefined ? [] : [{ name, weight, prioritizer }];
  });
  return plugins.length < used.length ? undefined : plugins;
}

function prioritizerOf(name: string): Prioritizer | undefined {
  if (name === 'Balance') return (clusters, { others = [] }) => balanceScores(namesOf(clusters), others);
  if (name === 'Steady') return (clusters, { own = [] }) => steadyScores(namesOf(clusters), own);
  if (name === 'ResourceAllocatableCPU') return (clusters) => resourceScores('cpu', clusters);
  if (name === 'ResourceAllocatableMemory') return (clusters) => resourceScores('memory', clusters);
  const [kind, resource, score] = name.split('/');
  if (kind !== 'AddOn' || resource === undefined || score === undefined) return undefined;
  return (clusters, { reported = [] }) => addOnScores(namesOf(clusters), { resource, score }, reported).scores;
}
