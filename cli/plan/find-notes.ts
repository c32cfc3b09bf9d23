import { isDescribed, ownRules } from '../../functions/health/health-rules.ts';
import { hasOwnHealth } from '../../functions/health/judge-health.ts';
import { findCondition, groupOf, type KubeObject } from '../../functions/kube/object.ts';
import type { OfflineHub } from '../offline-hub/hub.ts';
import { isBuiltIn } from '../offline-hub/kind-scope.ts';
import { listNames } from '../output/table.ts';

/** Returns what renderers have changed that people may not expect, and what a plan takes for granted of kinds whose health only an operator on the members could tell. */
export function findNotes(hub: OfflineHub): readonly string[] {
  const objects = [...hub.members.values()].flatMap(({ store }) => [...store.index.all()]).filter(isOfOperator);
  const silent = kindsOf(objects.filter((object) => !isDescribed(object) && object.status === undefined));
  const operated = kindsOf(objects.filter(({ status }) => status !== undefined));
  return [
    ...[...hub.store.index.all()].flatMap(changedByRenderer),
    ...(operated.length === 0 ? [] : [`their operators are taken to do their work: ${listNames(operated)}`]),
    ...(silent.length === 0
      ? []
      : [`no rule tells their health, so they are taken for healthy after 60 s of silence: ${listNames(silent)}`]),
  ];
}

/** A renderer that went well has nothing to say but what it has changed. */
function changedByRenderer(object: KubeObject): readonly string[] {
  const rendered = findCondition(object, 'Rendered');
  if (rendered?.status !== 'True' || rendered.message === undefined || rendered.message === '') return [];
  return [`${object.kind} ${object.metadata.namespace ?? ''}/${object.metadata.name ?? ''}: ${rendered.message}`];
}

function isOfOperator(object: KubeObject): boolean {
  return !isBuiltIn(object) && hasOwnHealth(object, ownRules.ruleOf(object));
}

function kindsOf(objects: readonly KubeObject[]): readonly string[] {
  return [...new Set(objects.map(({ apiVersion, kind }) => `${kind} (${groupOf(apiVersion)})`))].sort();
}
