import type { ClusterSetSpec, Member } from '../generated/types.ts';
import type { Problem } from '../kube/problem.ts';
import { didYouMean } from '../kube/schema-suggestion.ts';

/** Most members that a hint names. */
const maxNamed = 10;

/** Returns the members with the reason why nothing may change on them, and the names in the list that no member has. */
export function pauseMembers(
  members: readonly Member[],
  paused: NonNullable<ClusterSetSpec['paused']>,
): { readonly members: readonly Member[]; readonly problems: readonly Problem[] } {
  const reasons = new Map(paused.map(({ cluster, reason }) => [cluster, reason]));
  const names = members.map(({ name }) => name);
  const known = new Set(members.flatMap(({ name, formerNames = [] }) => [name, ...formerNames]));
  return {
    members: members.map(({ paused: _, ...member }) => {
      const reason = [member.name, ...(member.formerNames ?? [])].flatMap((name) => reasons.get(name) ?? [])[0];
      return reason === undefined ? member : { ...member, paused: reason };
    }),
    problems: paused.flatMap(({ cluster }, index): Problem[] =>
      known.has(cluster) ? [] : [unknownCluster(cluster, index, names)],
    ),
  };
}

function unknownCluster(cluster: string, index: number, names: readonly string[]): Problem {
  const more = names.length > maxNamed ? ` and ${names.length - maxNamed} more` : '';
  const known =
    names.length === 0 ? 'There are no members' : `Members are ${names.slice(0, maxNamed).join(', ')}${more}`;
  const hint = [didYouMean(cluster, names), known].filter((part) => part !== undefined).join(' ');
  return { path: `spec.paused[${index}].cluster`, message: `no member is named "${cluster}"`, hint };
}
