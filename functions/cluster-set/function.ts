import { candidateOf } from '../clusters/cluster-facts.ts';
import { compileClusterSelection } from '../clusters/cluster-selection.ts';
import type { ClusterSetSpec, ClusterSetStatus, Member } from '../generated/types.ts';
import { isJsonObject } from '../kube/json.ts';
import { findCondition } from '../kube/object.ts';
import { formatProblems, type Problem } from '../kube/problem.ts';
import type { CompositionFunction, FunctionCondition, ResourceSelector } from '../runtime/composition-function.ts';
import { timeToLive } from '../runtime/time-to-live.ts';
import { explainInventory, takeInventory } from './inventory.ts';
import { findMassFailure, type MassFailure, massFailureConditions } from './mass-failure.ts';
import { withHistory } from './member-history.ts';
import { pauseMembers } from './pause-members.ts';
import { readProfile } from './read-profile.ts';
import { dateReports } from './report-times.ts';
import { compileTaints } from './taint-members.ts';

/** Keeps the inventory of a ClusterSet: which member clusters it has, debounced, for everything else to read. */
export const clusterSet: CompositionFunction = {
  kind: 'ClusterSet',
  run({ observed: { composite }, required }, { now }) {
    const spec = composite.spec as ClusterSetSpec;
    const { namespace = '', name = '' } = composite.metadata;
    const requirements = { profiles: allProfiles(spec.clusterProfiles.namespace) };
    const status = (isJsonObject(composite.status) ? composite.status : {}) as ClusterSetStatus;
    const before = status.members ?? [];
    const hadMassFailure = findCondition(composite, 'MassFailure') !== undefined;
    const { selector, cel } = spec.clusterProfiles;
    const filter = compileClusterSelection(
      { ...(selector !== undefined && { clusterSelector: selector }), ...(cel !== undefined && { cel }) },
      'spec.clusterProfiles',
    );
    const profiles = required.get('profiles');
    if (filter.problems !== undefined || profiles === undefined) {
      const message =
        filter.problems === undefined ? 'waiting for the ClusterProfiles' : formatProblems(filter.problems);
      return {
        requirements,
        status: statusOf(before, status.massFailure),
        conditions: [inventoried(false, message), ...massFailureConditions(status.massFailure, name, hadMassFailure)],
      };
    }
    const read = profiles.map((profile) => readProfile(profile, spec, name));
    const unreadable: readonly Problem[] = read.flatMap(({ problems = [] }) => problems);
    const isUnreadable = (_: unknown, index: number) => read[index]?.problems !== undefined;
    const inventory = takeInventory({
      clusterSet: { namespace, name },
      profiles: read.flatMap((each) => each.value ?? []),
      unreadable: new Set(profiles.filter(isUnreadable).map(({ metadata }) => metadata.name ?? '')),
      filter: filter.value,
      before,
      graceMs: (spec.removalGracePeriodSeconds ?? 300) * 1000,
      now,
    });
    const taints = compileTaints(spec.taints ?? [], 'spec.taints');
    const reportTimes = dateReports(inventory.members, inventory.knownAs, now);
    const dated = inventory.members.map((member) => {
      const last = inventory.knownAs.get(member);
      if (member.missingSince !== undefined) return member;
      const { facts } = candidateOf(member, { namespace, name });
      return withHistory(member, taints.taintsOf(facts, last?.taints ?? []), last, now, reportTimes(member, last));
    });
    const { members, problems: unknown } = pauseMembers(dated, spec.paused ?? []);
    const problems = [...unreadable, ...taints.problems, ...unknown, ...inventory.problems];
    const message = explainInventory({ ...inventory, problems });
    const isFine = problems.length === 0 && !inventory.isSuspicious;
    const massFailure = findMassFailure(members, status.massFailure, spec.massFailure ?? {}, now);
    const gate = inventory.nextGate === undefined ? {} : { nextGate: inventory.nextGate };
    return {
      requirements,
      status: statusOf(members, massFailure),
      conditions: [inventoried(isFine, message), ...massFailureConditions(massFailure, name, hadMassFailure)],
      ready: true,
      ttlSeconds: timeToLive({ now, isConverging: false, objects: [composite], ...gate }),
    };
  },
};

function allProfiles(namespace: string): ResourceSelector {
  return { apiVersion: 'multicluster.x-k8s.io/v1alpha1', kind: 'ClusterProfile', namespace, match: { labels: {} } };
}

function statusOf(members: readonly Member[], massFailure: MassFailure | undefined): ClusterSetStatus {
  const healthy = members.filter((member) => member.healthy).length;
  const paused = members.filter((member) => member.paused !== undefined).length;
  return {
    members,
    counts: { members: members.length, healthy, paused },
    ...(massFailure !== undefined && { massFailure }),
  };
}

function inventoried(isFine: boolean, message: string): FunctionCondition {
  return {
    type: 'Inventoried',
    status: isFine ? 'True' : 'False',
    reason: isFine ? 'Inventoried' : 'Problems',
    message,
  };
}
