import type { AppStatus, Placement as PlacementSpec } from '../generated/types.ts';
import { isJsonObject } from '../kube/json.ts';
import type { KubeObject } from '../kube/object.ts';
import type { ResourceSelector } from '../runtime/composition-function.ts';
import { crossplyApiVersion } from '../runtime/validate-request.ts';
import type { OtherApp } from './filters/app-affinity-filters.ts';

/** Tells whether a placement asks where other Apps run; only then are they read. */
export function asksForOtherApps({ appAffinity = [], appAntiAffinity = [], scoreWeights }: PlacementSpec): boolean {
  return appAffinity.length + appAntiAffinity.length > 0 || (scoreWeights?.balance ?? 0) > 0;
}

/** Returns what selects the Apps of a namespace. */
export function appsOf(namespace: string): ResourceSelector {
  return { apiVersion: crossplyApiVersion, kind: 'App', namespace, match: { labels: {} } };
}

/** Returns the Apps beside a composite, sorted by name, with the clusters that their status says they are assigned to. */
export function otherApps(apps: readonly KubeObject[], composite: KubeObject): readonly OtherApp[] {
  return apps
    .filter(({ kind, metadata }) => kind !== composite.kind || metadata.name !== composite.metadata.name)
    .map(({ metadata: { name = '', labels = {} }, status }): OtherApp => {
      const { assignments = [] } = (isJsonObject(status) ? status : {}) as AppStatus;
      return {
        name,
        labels,
        clusters: new Set(assignments.flatMap(({ cluster, phase }) => (phase === 'Waiting' ? [] : [cluster]))),
      };
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}
