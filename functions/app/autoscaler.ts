import type { JsonObject } from '../kube/json.ts';
import type { KubeObject } from '../kube/object.ts';
import { type AppPart, partObject, pickFields } from './app-part.ts';
import { divideFields } from './divided-numbers.ts';
import { standardLabels } from './labels.ts';
import { kindOf, workloadApiVersion } from './workload.ts';

/** Returns the HorizontalPodAutoscaler of a component; a target for CPU becomes a metric before the given ones. Bounds are shared where replicas are; a cluster has at least one, for Kubernetes knows no fewer. */
export function autoscaler(part: AppPart): KubeObject | undefined {
  const { autoscaling, name } = part.component;
  if (autoscaling === undefined) return undefined;
  const kind = kindOf(part);
  const target = autoscaling.targetCPUUtilizationPercentage;
  const metrics = [...(target === undefined ? [] : [cpuMetric(target)]), ...(autoscaling.metrics ?? [])];
  const spec: JsonObject = {
    scaleTargetRef: { apiVersion: workloadApiVersion(kind), kind, name },
    ...divideFields(part, pickFields(autoscaling, ['minReplicas', 'maxReplicas', 'behavior']), {
      minReplicas: 'AtLeastOne',
      maxReplicas: 'AtLeastOne',
    }),
    ...(metrics.length > 0 && { metrics }),
  };
  const type = { apiVersion: 'autoscaling/v2', kind: 'HorizontalPodAutoscaler' };
  return partObject(part, type, { labels: standardLabels(part) }, { spec });
}

function cpuMetric(averageUtilization: number | string): JsonObject {
  return { type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization } } };
}
