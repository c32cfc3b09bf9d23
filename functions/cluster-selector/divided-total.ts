import { isJsonObject, type JsonObject } from '../kube/json.ts';

/** What of a component is divided over clusters that share its replicas. */
export type DividedTotal = {
  readonly total: number;
  /** Whether a cluster keeps its part for good: Kubernetes lets nobody change a Job that has begun. */
  readonly isFixed: boolean;
};

/**
 * Returns the number of a component that clusters share: its replicas, the most that its autoscaler may run, or for a Job or
 * CronJob the pods that must succeed, else those that run at once. Nothing where it states no number, for then it runs on
 * each cluster as it is.
 */
export function dividedTotal(component: JsonObject): DividedTotal | undefined {
  const { kind, replicas, autoscaling, completions, parallelism } = component;
  const isJob = kind === 'Job' || kind === 'CronJob';
  const most = isJsonObject(autoscaling) ? autoscaling['maxReplicas'] : undefined;
  const stated = isJob ? [completions, parallelism] : [replicas, most];
  const total = stated.find((each) => typeof each === 'number');
  return typeof total === 'number' ? { total, isFixed: kind === 'Job' } : undefined;
}
