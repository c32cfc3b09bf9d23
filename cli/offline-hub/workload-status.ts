import { isJsonList, type Json, type JsonObject } from '../../functions/kube/json.ts';
import type { KubeObject } from '../../functions/kube/object.ts';
import { type NewCondition, withConditions } from './conditions.ts';
import { asObject } from './lenient-json.ts';
import { sameJson } from './same-json.ts';

/** How far the pods of a workload have got. */
export interface Progress {
  /** The pod template that ran in full before the present one; absent before the first. */
  readonly stableTemplate?: Json;
  /** How many replicas had become ready before; those that are added come as late as the first. */
  readonly readyReplicas?: number;
  readonly phase: 'Started' | 'Settled' | 'DeadlineExceeded';
  /** Tells whether the pods of a template become and stay ready. */
  isHealthy(template: Json | undefined): boolean;
}

/** How many nodes a DaemonSet finds. */
const nodes = 3;

/** Returns the status that Kubernetes' controllers would write for a workload; undefined for kinds that have no pods. */
export function workloadStatus(workload: KubeObject, progress: Progress, timestamp: string): JsonObject | undefined {
  const spec = asObject(workload.spec);
  const before = asObject(workload.status);
  const observedGeneration = workload.metadata.generation ?? 0;
  switch (workload.kind) {
    case 'Deployment': {
      const pods = countPods(spec, Number(spec['replicas'] ?? 1), progress);
      const counts = {
        observedGeneration,
        ...replicaCounts(pods),
        ...positive({ unavailableReplicas: pods.total - pods.ready }),
      };
      const conditions = before['conditions'] ?? [];
      return withConditions({ ...counts, conditions }, deploymentConditions(pods, progress), timestamp);
    }
    case 'StatefulSet': {
      const pods = countStatefulPods(workload, progress);
      const currentReplicas = pods.updated === pods.total ? pods.total : pods.total - pods.updated;
      return { observedGeneration, ...replicaCounts(pods), ...positive({ currentReplicas }) };
    }
    case 'DaemonSet': {
      const pods = isHeldBack(workload)
        ? countHeldPods(spec, nodes, 0, progress)
        : countPods(spec, nodes, progress, { surge: 0, unavailable: 1 });
      return {
        observedGeneration,
        desiredNumberScheduled: nodes,
        currentNumberScheduled: pods.total,
        numberMisscheduled: 0,
        updatedNumberScheduled: pods.updated,
        numberReady: pods.ready,
        ...positive({ numberAvailable: pods.ready, numberUnavailable: nodes - pods.ready }),
      };
    }
    case 'ReplicaSet':
    case 'ReplicationController': {
      const wanted = Number(spec['replicas'] ?? 1);
      const ready = progress.phase !== 'Started' && progress.isHealthy(spec['template']) ? wanted : 0;
      const counts = { replicas: wanted, fullyLabeledReplicas: wanted, readyReplicas: ready, availableReplicas: ready };
      return { observedGeneration, ...positive(counts) };
    }
    case 'Pod':
      return podStatus(spec, before, progress, timestamp);
    case 'Job':
      return jobStatus(spec, before, progress, timestamp);
    default:
      return undefined;
  }
}

interface Pods {
  readonly wanted: number;
  readonly total: number;
  readonly updated: number;
  readonly ready: number;
}

/** Counts pods in the middle or at the end of a rolling update; an update whose pods fail stops at its limits. */
function countPods(
  spec: JsonObject,
  wanted: number,
  { stableTemplate, readyReplicas = wanted, phase, isHealthy }: Progress,
  limits?: Limits,
): Pods {
  const { template } = spec;
  const isNew = !sameJson(template, stableTemplate);
  const wasReady = stableTemplate !== undefined && isHealthy(stableTemplate);
  const before = phase === 'Started' ? Math.min(wanted, readyReplicas) : wanted;
  if (!isNew) return { wanted, total: wanted, updated: wanted, ready: wasReady ? before : 0 };
  if (phase !== 'Started' && isHealthy(template)) return { wanted, total: wanted, updated: wanted, ready: wanted };
  if (stableTemplate === undefined) return { wanted, total: wanted, updated: wanted, ready: 0 };
  const isRecreated = asObject(spec['strategy'])['type'] === 'Recreate';
  const { surge, unavailable } = limits ?? { surge: Math.ceil(wanted / 4), unavailable: Math.floor(wanted / 4) };
  if (isRecreated) return { wanted, total: wanted, updated: wanted, ready: 0 };
  const kept = Math.max(0, wanted - unavailable);
  const updated = Math.min(wanted, surge + unavailable);
  return { wanted, total: kept + updated, updated, ready: wasReady ? Math.min(kept, before) : 0 };
}

/** Tells whether pods are not all replaced by an update: those of OnDelete wait for somebody to delete them, those below the partition stay. */
export function isHeldBack({ kind, spec }: KubeObject): boolean {
  const strategy = asObject(asObject(spec)['updateStrategy']);
  const isUpdated = kind === 'StatefulSet' || kind === 'DaemonSet';
  return isUpdated && (strategy['type'] === 'OnDelete' || partitionOf(strategy) > 0);
}

function partitionOf(strategy: JsonObject): number {
  return Number(asObject(strategy['rollingUpdate'])['partition'] ?? 0);
}

function countStatefulPods(workload: KubeObject, progress: Progress): Pods {
  const spec = asObject(workload.spec);
  const wanted = Number(spec['replicas'] ?? 1);
  if (!isHeldBack(workload)) return countPods(spec, wanted, progress, { surge: 0, unavailable: 1 });
  const strategy = asObject(spec['updateStrategy']);
  const replaced = strategy['type'] === 'OnDelete' ? 0 : Math.max(0, wanted - partitionOf(strategy));
  return countHeldPods(spec, wanted, replaced, progress);
}

/** Counts pods of which an update replaces only some; the first pods are all new. */
function countHeldPods(spec: JsonObject, wanted: number, replaced: number, progress: Progress): Pods {
  const { stableTemplate, readyReplicas = 0, phase, isHealthy } = progress;
  const { template } = spec;
  const isSettled = phase !== 'Started' && isHealthy(template);
  if (stableTemplate === undefined || sameJson(template, stableTemplate)) {
    const before = isHealthy(template) ? Math.min(wanted, readyReplicas) : 0;
    return { wanted, total: wanted, updated: wanted, ready: isSettled ? wanted : before };
  }
  const ready = replaced === 0 || isSettled ? wanted : wanted - 1;
  return { wanted, total: wanted, updated: replaced, ready };
}

interface Limits {
  readonly surge: number;
  readonly unavailable: number;
}

function replicaCounts({ total, updated, ready }: Pods): JsonObject {
  return positive({ replicas: total, updatedReplicas: updated, readyReplicas: ready, availableReplicas: ready });
}

/** Leaves counts of zero out, as Kubernetes does. */
function positive(counts: { readonly [name: string]: number }): JsonObject {
  return Object.fromEntries(Object.entries(counts).filter(([, count]) => count > 0));
}

function deploymentConditions({ wanted, updated, ready, total }: Pods, { phase }: Progress): NewCondition[] {
  const isComplete = updated === wanted && ready === wanted && total === wanted;
  const least = wanted - Math.floor(wanted / 4);
  const progressing: NewCondition = isComplete
    ? { type: 'Progressing', status: 'True', reason: 'NewReplicaSetAvailable' }
    : phase === 'DeadlineExceeded'
      ? { type: 'Progressing', status: 'False', reason: 'ProgressDeadlineExceeded' }
      : { type: 'Progressing', status: 'True', reason: 'ReplicaSetUpdated' };
  return [
    ready >= least
      ? { type: 'Available', status: 'True', reason: 'MinimumReplicasAvailable' }
      : { type: 'Available', status: 'False', reason: 'MinimumReplicasUnavailable' },
    progressing,
  ];
}

function podStatus(spec: JsonObject, before: JsonObject, progress: Progress, timestamp: string): JsonObject {
  const isReady = progress.phase !== 'Started' && progress.isHealthy({ spec });
  const conditions: readonly NewCondition[] = [
    { type: 'PodScheduled', status: 'True', reason: 'Scheduled' },
    isReady
      ? { type: 'Ready', status: 'True', reason: 'PodReady' }
      : { type: 'Ready', status: 'False', reason: 'ContainersNotReady' },
  ];
  const status = { ...before, phase: isReady ? 'Running' : 'Pending', startTime: before['startTime'] ?? timestamp };
  return withConditions(status, conditions, timestamp);
}

function jobStatus(
  spec: JsonObject,
  before: JsonObject,
  { phase, isHealthy }: Progress,
  timestamp: string,
): JsonObject {
  const completions = Number(spec['completions'] ?? 1);
  const started = { ...before, startTime: before['startTime'] ?? timestamp };
  if (phase === 'Started' || !isHealthy(spec['template']))
    return { ...started, active: Math.min(completions, Number(spec['parallelism'] ?? 1)), ready: 0 };
  if (before['completionTime'] !== undefined) return before;
  const { active: _, ...rest } = started as { readonly active?: Json };
  const done = { ...rest, succeeded: completions, completionTime: timestamp, ready: 0 };
  return withConditions(done, [{ type: 'Complete', status: 'True', reason: 'CompletionsReached' }], timestamp);
}

/** Returns the images of a pod template. */
export function imagesOf(template: Json | undefined): string[] {
  const { containers, initContainers } = asObject(asObject(template)['spec']);
  return [containers, initContainers].flatMap((list) =>
    isJsonList(list) ? list.map((item) => String(asObject(item)['image'])) : [],
  );
}
