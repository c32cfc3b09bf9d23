import type { KubeObject } from '../kube/object.ts';
import { type AppPart, partObject } from './app-part.ts';
import { divideFields } from './divided-numbers.ts';
import { selectorLabels, standardLabels } from './labels.ts';

/** Returns the PodDisruptionBudget of a component; its numbers are shared where replicas are, so that no cluster keeps all of its pods where others can, and each may lose one at a time. */
export function disruptionBudget(part: AppPart): KubeObject | undefined {
  const { disruption } = part.component;
  if (disruption === undefined) return undefined;
  const type = { apiVersion: 'policy/v1', kind: 'PodDisruptionBudget' };
  const limits = divideFields(part, { ...disruption }, { minAvailable: 'ButOne', maxUnavailable: 'AtLeastOne' });
  const spec = { selector: { matchLabels: selectorLabels(part) }, ...limits };
  return partObject(part, type, { labels: standardLabels(part) }, { spec });
}
