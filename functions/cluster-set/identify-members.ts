import { clusterIdProperty } from '../clusters/cluster-facts.ts';
import type { Member } from '../generated/types.ts';

/** By what a profile is recognised as a cluster that was known, from the surest sign to the weakest. */
type Sign = (read: Member, known: Member) => boolean;

const signs: readonly Sign[] = [
  (read, known) => idOf(read) !== undefined && idOf(read) === idOf(known),
  (read, known) => configOf(read) === configOf(known),
  (read, known) => isSameProfile(read, known) && !haveOtherIds(read, known),
  (read, known) => read.name === known.name && !haveOtherIds(read, known),
];

/** Which of several that could be a cluster is taken for it. */
const preferences: readonly Sign[] = [(read, known) => read.name === known.name, isSameProfile, () => true];

/**
 * Returns which member of before each profile stands for: a cluster is the one that it was when it has the same id, is reached
 * by the same provider configuration, or else has the same profile or name. Of several that could be one, that with the same
 * name is, then that with the same profile, then the first.
 */
export function identifyMembers(read: readonly Member[], before: readonly Member[]): ReadonlyMap<Member, Member> {
  const byName = new Map(before.map((known) => [known.name, known]));
  const knownAs = new Map<Member, Member>();
  for (const each of read) {
    const known = byName.get(each.name);
    if (known !== undefined && isTheSame(each, known)) knownAs.set(each, known);
  }
  const taken = new Set(knownAs.values());
  const left = new Set(before.filter((known) => !taken.has(known)));
  for (const sign of signs) {
    for (const prefers of preferences) {
      for (const each of read) {
        if (knownAs.has(each)) continue;
        const known = [...left].find((candidate) => sign(each, candidate) && prefers(each, candidate));
        if (known === undefined) continue;
        knownAs.set(each, known);
        left.delete(known);
      }
      if (left.size === 0 || knownAs.size === read.length) return knownAs;
    }
  }
  return knownAs;
}

/** Returns what no two clusters share, each with the words that say so. */
export function uniqueSigns(member: Member): readonly string[] {
  const { name, providerConfig } = member;
  const id = idOf(member);
  return [
    ...(id === undefined ? [] : [`both have the cluster id ${id}`]),
    `both are reached by ${providerConfig.kind} ${providerConfig.name}`,
    `both have the name ${name}`,
  ];
}

/** Returns what the way to a cluster is told by. */
export function configOf({ providerConfig: { kind, name } }: Pick<Member, 'providerConfig'>): string {
  return `${kind}/${name}`;
}

/** Returns the id that a cluster's profile carries, if it does. */
export function idOf({ properties = {} }: Member): string | undefined {
  return properties[clusterIdProperty];
}

function isTheSame(read: Member, known: Member): boolean {
  return configOf(read) === configOf(known) && isSameProfile(read, known) && !haveOtherIds(read, known);
}

function isSameProfile({ clusterProfile: a }: Member, { clusterProfile: b }: Member): boolean {
  return a.namespace === b.namespace && a.name === b.name;
}

function haveOtherIds(a: Member, b: Member): boolean {
  return idOf(a) !== undefined && idOf(b) !== undefined && idOf(a) !== idOf(b);
}
