import { candidateOf } from '../clusters/cluster-facts.ts';
import { compileClusterSelection } from '../clusters/cluster-selection.ts';
import type { ClusterSetSpec, ClusterSetStatus, Member } from '../generated/types.ts';
import { isJsonObject } from '../kube/json.ts';
import { formatProblems, type Problem } from '../kube/problem.ts';
import type { CompositionFunction, ResourceSelector } from '../runtime/composition-function.ts';
import { timeToLive } from '../runtime/time-to-live.ts';
import { explainInventory, takeInventory } from './inventory.ts';
import { withHistory } from './member-history.ts';
import { pauseMembers } from './pause-members.ts';
import { readProfile } from './read-profile.ts';
import { compileTaints } from './taint-members.ts';

/** Keeps the inventory of a ClusterSet: which member clusters it has, debounced, for everything else to read. */
export const clusterSet: CompositionFunction = {
  kind: 'ClusterSet',
  run({ observed: { composite }, required }, { now }) {
    const spec = composite.spec as ClusterSetSpec;
    const { namespace = '', name = '' } = composite.metadata;
    const requirements = { profiles: allProfiles(spec.clusterProfiles.namespace) };
    const before = ((isJsonObject(composite.status) ? composite.status : {}) as ClusterSetStatus).members ?? [];
    const { selector, cel } = spec.clusterProfiles;
    const filter = compileClusterSelection(
      { ...(selector !== undefined && { clusterSelector: selector }), ...(cel !== undefined && { cel }) },
      'spec.clusterProfiles',
    );
    const profiles = required.get('profiles');
    if (filter.problems !== undefined || profiles === undefined) {
      const message =
        filter.problems === undefined ? 'waiting for the ClusterProfiles' : formatProblems(filter.problems);
      return { requirements, status: statusOf(before), conditions: conditions(false, message) };
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
    const dated = inventory.members.map((member) => {
      const last = inventory.knownAs.get(member);
      if (member.missingSince !== undefined) return member;
      const { facts } = candidateOf(member, { namespace, name });
      return withHistory(member, taints.taintsOf(facts, last?.taints ?? []), last, now);
    });
    const { members, problems: unknown } = pauseMembers(dated, spec.paused ?? []);
    const problems = [...unreadable, ...taints.problems, ...unknown, ...inventory.problems];
    const message = explainInventory({ ...inventory, problems });
    const isFine = problems.length === 0 && !inventory.isSuspicious;
    const gate = inventory.nextGate === undefined ? {} : { nextGate: inventory.nextGate };
    return {
      requirements,
      status: statusOf(members),
      conditions: conditions(isFine, message),
      ready: true,
      ttlSeconds: timeToLive({ now, isConverging: false, objects: [composite], ...gate }),
    };
  },
};

function allProfiles(namespace: string): ResourceSelector {
  return { apiVersion: 'multicluster.x-k8s.io/v1alpha1', kind: 'ClusterProfile', namespace, match: { labels: {} } };
}

function statusOf(members: readonly Member[]): ClusterSetStatus {
  const healthy = members.filter((member) => member.healthy).length;
  const paused = members.filter((member) => member.paused !== undefined).length;
  return { members, counts: { members: members.length, healthy, paused } };
}

function conditions(isFine: boolean, message: string) {
  return [
    {
      type: 'Inventoried',
      status: isFine ? ('True' as const) : ('False' as const),
      reason: isFine ? 'Inventoried' : 'Problems',
      message,
    },
  ];
}
