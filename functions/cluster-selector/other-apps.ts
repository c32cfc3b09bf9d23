import type { AppStatus, AssignmentSliceSpec, Placement as PlacementSpec } from '../generated/types.ts';
import { isJsonObject } from '../kube/json.ts';
import type { KubeObject } from '../kube/object.ts';
import type { FunctionRequest, ResourceSelector } from '../runtime/composition-function.ts';
import { crossplyApiVersion } from '../runtime/validate-request.ts';
import type { OtherApp } from './filters/app-affinity-filters.ts';

/** Tells whether a placement asks where other Apps run; only then are they read. */
export function asksForOtherApps({ appAffinity = [], appAntiAffinity = [], scoreWeights }: PlacementSpec): boolean {
  return appAffinity.length + appAntiAffinity.length > 0 || (scoreWeights?.balance ?? 0) > 0;
}

/** Returns what selects the Apps of a namespace, and the slices that say which clusters they have. */
export function appsOf(namespace: string): { readonly [name: string]: ResourceSelector } {
  const ofNamespace = { apiVersion: crossplyApiVersion, namespace };
  return {
    apps: { ...ofNamespace, kind: 'App', match: { labels: {} } },
    'app-slices': { ...ofNamespace, kind: 'AssignmentSlice', match: { labels: { 'crossply.dev/xr-kind': 'App' } } },
  };
}

/**
 * Returns the Apps beside a composite, sorted by name: the clusters that their slices assign them, and those that their
 * status tells of, among these the ones that they wait to join.
 */
export function otherApps(required: FunctionRequest['required'], composite: KubeObject): readonly OtherApp[] {
  const assigned = assignedBySlices(required.get('app-slices') ?? []);
  return (required.get('apps') ?? [])
    .filter(({ kind, metadata }) => kind !== composite.kind || metadata.name !== composite.metadata.name)
    .map((app): OtherApp => {
      const { name = '', labels = {} } = app.metadata;
      const { assignments = [] } = (isJsonObject(app.status) ? app.status : {}) as AppStatus;
      const told = (isJoining: boolean) =>
        assignments.flatMap(({ phase, cluster }) => ((phase === 'Waiting') === isJoining ? [cluster] : []));
      return {
        ...{ name, labels, comesFirst: keyOf(app) < keyOf(composite) },
        assigned: new Set([...(assigned.get(name) ?? []), ...told(false)]),
        joining: new Set(told(true)),
      };
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

function assignedBySlices(slices: readonly KubeObject[]): ReadonlyMap<string, readonly string[]> {
  const specs = slices.map(({ spec }) => (isJsonObject(spec) ? spec : {}) as Partial<AssignmentSliceSpec>);
  const byApp = Map.groupBy(specs, ({ owner }) => owner?.name ?? '');
  return new Map(
    [...byApp].map(([name, own]) => [
      name,
      own.flatMap(({ assignments = [] }) =>
        assignments.flatMap(({ cluster, state }) => (state === 'Assigned' ? [cluster] : [])),
      ),
    ]),
  );
}

/** Of two Apps the older comes first, then by kind and name. */
function keyOf({ kind, metadata: { creationTimestamp = '', name = '' } }: KubeObject): string {
  return `${creationTimestamp} ${kind}/${name}`;
}
