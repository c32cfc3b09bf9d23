import { readProfile } from '../../functions/cluster-set/read-profile.ts';
import type { Member } from '../../functions/generated/types.ts';
import type { Checked } from '../../functions/kube/problem.ts';
import { type Document, formatFileProblem } from '../input/documents.ts';
import { listNames } from '../output/table.ts';
import { type ImaginedSet, withMember, withTaints } from './imagined-set.ts';

/** Returns the sets with the cluster of one more ClusterProfile among the members of those that select it, or why none would have it. */
export function joinSets(
  sets: readonly ImaginedSet[],
  { object, file, lineOf }: Document,
  since: string,
): Checked<readonly ImaginedSet[]> {
  const refuse = (message: string) => {
    const about = `ClusterProfile ${object.metadata.namespace ?? ''}/${object.metadata.name ?? ''} ${message}`;
    return { problems: [{ path: '--add', message: formatFileProblem({ file, line: lineOf(), message: about }) }] };
  };
  const readers = sets.filter(({ spec }) => spec.clusterProfiles.namespace === object.metadata.namespace);
  const rejections: string[] = [];
  const joining = new Map<ImaginedSet, Member>();
  for (const set of readers) {
    const member = readProfile(object, set.spec, set.name.name);
    if (member.problems !== undefined) return refuse(member.problems.map(({ message }) => message).join('; '));
    const { name } = member.value;
    if (sets.some(({ members }) => members.some((each) => each.name === name)))
      return refuse(`is cluster ${name}, which is there already`);
    const rejection = set.rejects(member.value);
    if (rejection === undefined) joining.set(set, withTaints(member.value, set.taintsOf(member.value), since));
    else rejections.push(`${set.name.name}: ${rejection.reason}`);
  }
  if (joining.size === 0) {
    const spaces = [...new Set(sets.map(({ spec }) => spec.clusterProfiles.namespace))].sort();
    const why =
      readers.length > 0
        ? rejections.join('; ')
        : `none reads ClusterProfiles of its namespace; they are read of ${listNames(spaces) || 'none'}`;
    return refuse(`would be in no ClusterSet (${why})`);
  }
  return { value: sets.map((set) => withMember(set, joining.get(set))) };
}
