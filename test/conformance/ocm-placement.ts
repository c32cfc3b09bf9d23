import { checkTolerations } from '../../functions/clusters/check-tolerations.ts';
import { compileRequiredTerms } from '../../functions/clusters/cluster-term.ts';
import { evictingTaint, repellingTaint } from '../../functions/clusters/taints.ts';
import type { ClusterTerm, LabelSelector } from '../../functions/generated/types.ts';
import type { Json } from '../../functions/kube/json.ts';
import { agreeOn } from './agree-on.ts';
import type { Family } from './family.ts';
import { claimLabel, factsOf, type OcmCluster, type OcmToleration, taintsOf, tolerationsOf } from './ocm-cluster.ts';
import { type ScheduleQuestion, schedule } from './ocm-schedule.ts';
import { addOnScores, balanceScores, namesOf, type Reported, resourceScores, steadyScores } from './ocm-scores.ts';

type Names = readonly string[];
type Predicate = { readonly labels: LabelSelector | null; readonly claims: LabelSelector | null };
type TaintsQuestion = { tolerations: readonly OcmToleration[]; clusters: readonly OcmCluster[]; decided: Names };

type Question =
  | ({ op: 'taints' } & TaintsQuestion)
  | { op: 'predicates'; predicates: readonly Predicate[]; clusters: readonly OcmCluster[] }
  | { op: 'resourceScore'; resource: string; clusters: readonly OcmCluster[] }
  | { op: 'balanceScore'; clusters: Names; others: readonly Names[] }
  | { op: 'steadyScore'; clusters: Names; own: Names }
  | { op: 'addonScore'; clusters: Names; resource: string; score: string; reported: Reported }
  | ({ op: 'schedule' } & ScheduleQuestion);

/** Taints, predicates, prioritizers and whole placements. */
export const ocmPlacement: Family = {
  name: 'ocm-placement',
  answer: (input) => answer(input as unknown as Question),
  agrees: agreeOn('selected'),
};

function answer(question: Question): Json {
  switch (question.op) {
    case 'taints':
      return selectByTaints(question);
    case 'predicates':
      return { selected: selectByPredicates(question.predicates, question.clusters) };
    case 'resourceScore':
      return { scores: resourceScores(question.resource, question.clusters) };
    case 'balanceScore':
      return { scores: balanceScores(question.clusters, question.others) };
    case 'steadyScore':
      return { scores: steadyScores(question.clusters, question.own) };
    case 'addonScore':
      return { ...addOnScores(question.clusters, question, question.reported) };
    case 'schedule':
      return schedule(question);
  }
}

function selectByTaints({ clusters, decided, ...given }: TaintsQuestion): Json {
  const tolerations = tolerationsOf(given.tolerations);
  if (checkTolerations(tolerations, '').length > 0) return { selected: [], error: true, recheckAt: null };
  const present = new Set(decided);
  const selected = clusters.filter(
    (cluster) =>
      repellingTaint(taintsOf(cluster), tolerations, 0, { isPresent: present.has(cluster.name) }) === undefined,
  );
  const ends = clusters
    .filter(({ name }) => present.has(name))
    .flatMap((cluster) => evictingTaint(taintsOf(cluster), tolerations, 0)?.dueAt ?? [])
    .filter((dueAt) => dueAt > 0);
  const recheckAt = ends.length === 0 ? null : Math.min(...ends) / 1000;
  return { selected: namesOf(selected), error: false, recheckAt };
}

function selectByPredicates(predicates: readonly Predicate[], clusters: readonly OcmCluster[]): Json {
  const filter = compileRequiredTerms(predicates.map(termOf), 'predicates');
  if (filter.problems !== undefined) throw new Error(JSON.stringify(filter.problems));
  return namesOf(clusters.filter((cluster) => filter.value(factsOf(cluster)) === undefined));
}

function termOf({ labels, claims }: Predicate): ClusterTerm {
  const { matchLabels: claimed = {}, matchExpressions: claimRules = [] } = claims ?? {};
  const { matchLabels = {}, matchExpressions = [] } = labels ?? {};
  const renamed = Object.entries(claimed).map(([claim, value]) => [claimLabel(claim), value]);
  return {
    clusterSelector: {
      matchLabels: { ...matchLabels, ...Object.fromEntries(renamed) },
      matchExpressions: [...matchExpressions, ...claimRules.map((rule) => ({ ...rule, key: claimLabel(rule.key) }))],
    },
  };
}
