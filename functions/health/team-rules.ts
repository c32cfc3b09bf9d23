import { parse } from '@bufbuild/cel';
import type { TeamHealthRule, TierPolicy } from '../generated/types.ts';
import { readFieldPath } from '../kube/field-path.ts';
import { isJsonList, isJsonObject, type Json } from '../kube/json.ts';
import type { KubeObject } from '../kube/object.ts';
import type { Problem } from '../kube/problem.ts';
import { compileCel } from '../template/cel.ts';
import type { HealthRule } from './health-rule.ts';
import { checkDialect } from './provider-dialect.ts';

/** Groups whose kinds Kubernetes itself defines: what proves a rollout hangs on them. */
const ofKubernetes: ReadonlySet<string> = new Set(['', 'apps', 'batch', 'autoscaling', 'policy']);

/** Where an object of a team's kind may say what is wrong when the rule has no message. */
const tells = ['Ready', '!Failed', 'status.message', 'status.reason', 'status.phase', 'status.state'];

const texts = ['healthy', 'progressing', 'failed', 'message'] as const;

/** Returns the rules of a team for its own kinds in the form of Crossply's own. */
export function teamRules(rules: readonly TeamHealthRule[] = []): readonly HealthRule[] {
  return rules.map((rule) => ({ ...rule, tells }));
}

/**
 * Returns a slice with the rules of a team for Delivery: beside its entries, so that a changed rule changes none of them. While
 * the policy is not known, the rules stay as they were observed.
 */
export function withTeamRules(
  slice: KubeObject,
  policy: Pick<TierPolicy, 'health'> | undefined,
  observed: KubeObject | undefined,
): KubeObject {
  const rules =
    policy === undefined ? readFieldPath(observed ?? {}, 'spec.health') : (policy.health as Json | undefined);
  if (!isJsonList(rules) || rules.length === 0) return slice;
  return { ...slice, spec: { ...(isJsonObject(slice.spec) ? slice.spec : {}), health: rules } };
}

/** Returns what is wrong with the rules of a team: kinds that are not its own, and CEL that does not compile, here or at the provider. */
export function checkTeamRules(rules: readonly TeamHealthRule[], path: string): readonly Problem[] {
  return rules.flatMap((rule, index) => [
    ...checkKind(rule, `${path}[${index}]`),
    ...texts.flatMap((field) => checkText(rule[field], field, `${path}[${index}].${field}`)),
  ]);
}

function checkKind({ group }: TeamHealthRule, path: string): readonly Problem[] {
  if (!ofKubernetes.has(group) && !group.endsWith('.k8s.io')) return [];
  const message = `must be a group of your own kinds (got "${group}")`;
  return [{ path: `${path}.group`, message, hint: 'Crossply tells the health of the kinds of Kubernetes itself' }];
}

function checkText(text: string | undefined, field: string, path: string): readonly Problem[] {
  if (text === undefined) return [];
  const optional = /\.\?|\[\?/.test(text);
  const program = compileCel(text, ['object']);
  const problems = program.problems ?? [];
  const told = problems.length > 0 ? problems : dialectProblems(text, field === 'message' ? 'string' : 'bool');
  return told.map((problem) => ({ ...problem, path, ...(optional && { hint: noOptionals }) }));
}

const noOptionals = 'there is no optional syntax: write has(object.status) && has(object.status.phase) && …';

function dialectProblems(text: string, yields: 'bool' | 'string'): readonly Problem[] {
  const { expr } = parse(text);
  return expr === undefined ? [] : checkDialect(expr, yields);
}
