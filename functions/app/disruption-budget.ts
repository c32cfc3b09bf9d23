import type { KubeObject } from '../kube/object.ts';
import { type AppPart, partObject } from './app-part.ts';
import { selectorLabels, standardLabels } from './labels.ts';

/** Returns the PodDisruptionBudget of a component. */
export function disruptionBudget(part: AppPart): KubeObject | undefined {
  const { disruption } = part.component;
  if (disruption === undefined) return undefined;
  const type = { apiVersion: 'policy/v1', kind: 'PodDisruptionBudget' };
  const spec = { selector: { matchLabels: selectorLabels(part) }, ...disruption };
  return partObject(part, type, { labels: standardLabels(part) }, { spec });
}
