import type { Member } from '../generated/types.ts';
import type { Problem } from '../kube/problem.ts';
import { identifyMembers, uniqueSigns } from './identify-members.ts';
import type { MatchedProfiles } from './match-profiles.ts';

/** Who is a member, and as whom it was known before. */
export type Admitted = {
  readonly members: readonly Member[];
  /** The member of before that each member continues. */
  readonly knownAs: ReadonlyMap<Member, Member>;
  readonly problems: readonly Problem[];
};

/** Most names of before that a member carries, as the schema has it. */
const maxFormerNames = 8;

/**
 * Returns the members that profiles stand for. Two profiles of one cluster are refused: it stays what it was first, and the
 * other is no member, or stays what it was. A cluster that is the one of before under another name remembers that name.
 */
export function admitMembers({ matching, kept }: MatchedProfiles, before: readonly Member[]): Admitted {
  const knownAs = identifyMembers(
    matching,
    before.filter((known) => !kept.includes(known)),
  );
  const rank = (member: Member) => {
    const known = knownAs.get(member);
    return known === undefined ? 2 : Number(known.name !== member.name);
  };
  const admitted = new Map<Member, Member | undefined>();
  const signs = new Map<string, Member>();
  const admit = (member: Member, known: Member | undefined) => {
    admitted.set(member, known);
    for (const sign of uniqueSigns(member)) signs.set(sign, member);
  };
  for (const known of kept) admit(known, known);
  const problems: Problem[] = [];
  for (const member of matching.toSorted((a, b) => rank(a) - rank(b))) {
    const known = knownAs.get(member);
    const sign = uniqueSigns(member).find((each) => signs.has(each));
    const twin = sign === undefined ? undefined : signs.get(sign);
    if (sign === undefined || twin === undefined) admit(member, known);
    else {
      problems.push(refusal(twin, member, sign));
      if (known !== undefined && ![...admitted.keys()].some(({ name }) => name === known.name)) admit(known, known);
    }
  }
  const names = new Set([...admitted.keys()].map(({ name }) => name));
  const named = [...admitted].map(([member, known]) => [withFormerNames(member, known, names), known] as const);
  return {
    members: named.map(([member]) => member),
    knownAs: new Map(named.flatMap(([member, known]) => (known === undefined ? [] : [[member, known]]))),
    problems,
  };
}

function refusal(first: Member, second: Member, sign: string): Problem {
  const [one, other] = [first.clusterProfile.name, second.clusterProfile.name];
  return {
    path: 'spec.clusterProfiles',
    message: `ClusterProfiles ${one} and ${other} are both cluster ${first.name}: ${sign}; ${other} is left out`,
    hint: `delete ${one} to have ${other} take its place`,
  };
}

function withFormerNames(member: Member, known: Member | undefined, names: ReadonlySet<string>): Member {
  const { formerNames: _, ...rest } = member;
  const all = [...(known === undefined ? [] : [known.name]), ...((known ?? member).formerNames ?? [])];
  const former = [...new Set(all)].filter((name) => !names.has(name)).slice(0, maxFormerNames);
  return former.length > 0 ? { ...rest, formerNames: former } : rest;
}
