import { groupOf, type KubeObject } from '../kube/object.ts';
import { builtInRules } from './built-in-rules.ts';
import type { HealthRule } from './health-rule.ts';
import { otherKinds } from './other-kinds.ts';

/** The rules that apply somewhere: those of a team, and Crossply's own. */
export interface HealthRules {
  /** Returns the rule for an object by its group and kind, whatever its version. */
  ruleOf(object: Pick<KubeObject, 'apiVersion' | 'kind'>): HealthRule;
}

const byKind = new Map(builtInRules.map((rule) => [keyOf(rule), rule]));

/** Returns the rules of a team in front of Crossply's own. */
export function healthRules(team: readonly HealthRule[] = []): HealthRules {
  const own = new Map(team.map((rule) => [keyOf(rule), rule]));
  return {
    ruleOf({ apiVersion, kind }) {
      const group = groupOf(apiVersion);
      return own.get(`${group}/${kind}`) ?? builtInRule(group, kind) ?? otherKinds;
    },
  };
}

/** Crossply's own rules alone. */
export const ownRules = healthRules();

/** Tells whether Crossply describes a kind itself. */
export function isDescribed({ apiVersion, kind }: Pick<KubeObject, 'apiVersion' | 'kind'>): boolean {
  return builtInRule(groupOf(apiVersion), kind) !== undefined;
}

function builtInRule(group: string, kind: string): HealthRule | undefined {
  const dot = group.indexOf('.');
  const wide = dot === -1 ? undefined : `*${group.slice(group.lastIndexOf('.', group.lastIndexOf('.') - 1))}`;
  const candidates = [
    `${group}/${kind}`,
    `${group}/*`,
    ...(wide === undefined ? [] : [`${wide}/${kind}`, `${wide}/*`]),
  ];
  return candidates.map((key) => byKind.get(key)).find((rule) => rule !== undefined);
}

function keyOf({ group, kind }: Pick<HealthRule, 'group' | 'kind'>): string {
  return `${group}/${kind}`;
}
