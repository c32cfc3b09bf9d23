import type { Component } from '../generated/types.ts';
import type { JsonObject } from '../kube/json.ts';
import type { KubeObject } from '../kube/object.ts';
import type { Problem } from '../kube/problem.ts';
import { countHole, zeroHole } from '../template/replica-holes.ts';
import { type AppPart, partObject, pickFields } from './app-part.ts';
import { divideJob, isShared } from './divided-numbers.ts';
import { selectorLabels, workloadLabels } from './labels.ts';
import { podTemplate } from './pod-template.ts';

type Kind = NonNullable<Component['kind']>;
type Field = keyof Component & string;

const rolling: readonly Field[] = ['minReadySeconds', 'revisionHistoryLimit'];
const scaled: readonly Field[] = ['replicas', 'autoscaling'];
const job: readonly Field[] = [
  'completions',
  'parallelism',
  'backoffLimit',
  'activeDeadlineSeconds',
  'ttlSecondsAfterFinished',
];

/** Fields of a component that go only with some kinds, by kind. */
export const kindFields: { readonly [kind in Kind]: readonly Field[] } = {
  Deployment: [...scaled, ...rolling, 'strategy', 'progressDeadlineSeconds'],
  StatefulSet: [
    ...scaled,
    ...rolling,
    'updateStrategy',
    'serviceName',
    'podManagementPolicy',
    'volumeClaimTemplates',
    'persistentVolumeClaimRetentionPolicy',
  ],
  DaemonSet: [...rolling, 'updateStrategy'],
  Job: [...job, 'suspend'],
  CronJob: [
    ...job,
    'schedule',
    'timeZone',
    'suspend',
    'concurrencyPolicy',
    'startingDeadlineSeconds',
    'successfulJobsHistoryLimit',
    'failedJobsHistoryLimit',
  ],
};

/** Returns the kind of a component; Deployment when it does not say. */
export function kindOf({ component }: AppPart): Kind {
  return component.kind ?? 'Deployment';
}

/** Returns the apiVersion of a kind of workload. */
export function workloadApiVersion(kind: Kind): string {
  return kind === 'Job' || kind === 'CronJob' ? 'batch/v1' : 'apps/v1';
}

/**
 * Returns the workload of a component. A number of replicas becomes the hole `${replicas["<component>"]}`, so that scaling makes
 * no new Revision; where none is stated, or an autoscaler owns them, they are left out. Clusters that share an autoscaler and
 * get none of its pods have 0, which turns it off there.
 */
export function workload(part: AppPart): KubeObject {
  const kind = kindOf(part);
  const marks = { labels: workloadLabels(part), annotations: part.component.annotations };
  return partObject(part, { apiVersion: workloadApiVersion(kind), kind }, marks, { spec: specs[kind](part) });
}

const specs: { readonly [kind in Kind]: (part: AppPart) => JsonObject } = {
  Deployment: controllerSpec,
  StatefulSet: (part) => ({ serviceName: part.component.name, ...controllerSpec(part) }),
  DaemonSet: controllerSpec,
  Job: (part) => ({ ...divideJob(part, ownFields(part, kindFields.Job)), template: podTemplate(part) }),
  CronJob: (part) => ({
    ...ownFields(
      part,
      kindFields.CronJob.filter((field) => !job.includes(field)),
    ),
    jobTemplate: {
      metadata: { labels: workloadLabels(part) },
      spec: { ...divideJob(part, ownFields(part, job)), template: podTemplate(part) },
    },
  }),
};

function controllerSpec(part: AppPart): JsonObject {
  return {
    ...replicas(part),
    ...ownFields(part, kindFields[kindOf(part)]),
    selector: { matchLabels: selectorLabels(part) },
    template: podTemplate(part),
  };
}

function replicas(part: AppPart): JsonObject {
  const { name, replicas: given, autoscaling } = part.component;
  if (!kindFields[kindOf(part)].includes('replicas')) return {};
  if (autoscaling !== undefined) return isShared(part) ? { replicas: zeroHole(name) } : {};
  if (given === undefined) return {};
  return { replicas: typeof given === 'number' ? countHole(name) : given };
}

function ownFields({ component }: AppPart, fields: readonly Field[]): JsonObject {
  return pickFields(
    component,
    fields.filter((field) => !scaled.includes(field)),
  );
}

/** Refuses fields that do not go with the kind of the component, and a CronJob without a schedule; nothing is dropped silently. */
export function checkKindFields(part: AppPart): readonly Problem[] {
  const { component, path } = part;
  const kind = kindOf(part);
  const bound = new Set(Object.values(kindFields).flat());
  const foreign = Object.keys(pickFields(component, [...bound])).filter(
    (field) => !kindFields[kind].some((own) => own === field),
  );
  const problems: Problem[] = foreign.map((field) => ({
    path: `${path}.${field}`,
    message: `does not go with kind ${kind}`,
    hint: `it goes with ${kindsWith(field).join(', ')}`,
  }));
  if (kind === 'CronJob' && component.schedule === undefined) {
    problems.push({ path: `${path}.schedule`, message: 'is required for a CronJob', hint: 'such as "*/5 * * * *"' });
  }
  return problems;
}

function kindsWith(field: string): readonly string[] {
  return Object.entries(kindFields).flatMap(([kind, fields]) => (fields.some((own) => own === field) ? [kind] : []));
}
