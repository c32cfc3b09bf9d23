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

/** Returns the Apps beside a composite, sorted by name, with the clusters that their status tells of. */
export function otherApps(apps: readonly KubeObject[], composite: KubeObject): readonly OtherApp[] {
  return apps
    .filter(({ kind, metadata }) => kind !== composite.kind || metadata.name !== composite.metadata.name)
    .map(({ metadata: { name = '', labels = {} }, status }): OtherApp => {
      const { assignments = [] } = (isJsonObject(status) ? status : {}) as AppStatus;
      const clusters = (isJoining: boolean) =>
        new Set(assignments.filter(({ phase }) => (phase === 'Waiting') === isJoining).map(({ cluster }) => cluster));
      return { name, labels, assigned: clusters(false), joining: clusters(true) };
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}
