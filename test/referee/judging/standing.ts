import { entriesAt, field, listAt, numberAt, orderedJson, textAt } from './json-field.ts';
import type { Standing } from './timeline.ts';

/** Returns what some objects of a member amount to: their content, their health as `kubectl get` shows it, and what of it could fail. */
export function standingOf(objects: readonly unknown[]): Standing {
  const live = objects.filter((object) => field(object, 'metadata', 'deletionTimestamp') === undefined);
  const content = live.map((object) => orderedJson(contentOf(object))).sort();
  return {
    content: content.join('\n'),
    images: [...new Set(live.flatMap(imagesOf))].sort(),
    isHealthy: live.every(isHealthy),
    canFail: live.some(canFail),
    replicas: Object.fromEntries(live.flatMap(replicasOf).sort()),
    ready: Object.fromEntries(live.flatMap(readyOf).sort()),
    objects: Object.fromEntries(
      objects.map((object) => [keyOf(object), textAt(object, 'metadata', 'uid') ?? '']).sort(),
    ),
  };
}

/** Returns kind, namespace and name of an object. */
export function keyOf(object: unknown): string {
  const [kind, namespace, name] = [
    textAt(object, 'kind'),
    textAt(object, 'metadata', 'namespace'),
    textAt(object, 'metadata', 'name'),
  ];
  return `${kind} ${namespace === undefined ? '' : `${namespace}/`}${name}`;
}

const serverFields = ['status', 'metadata'];

/** What was written by whoever applied it: annotations that tell of the writer, replicas and what the server adds are left out. */
function contentOf(object: unknown): unknown {
  const rest = entriesAt(object).filter(([key]) => !serverFields.includes(key) && key !== 'spec');
  const spec = entriesAt(object, 'spec').filter(([key]) => key !== 'replicas' && key !== 'clusterIP');
  const annotations = entriesAt(object, 'metadata', 'annotations').filter(([key]) => !key.startsWith('crossply.dev/'));
  return {
    ...Object.fromEntries(rest),
    spec: Object.fromEntries(spec),
    key: keyOf(object),
    labels: field(object, 'metadata', 'labels'),
    annotations: Object.fromEntries(annotations),
  };
}

const workloads = ['Deployment', 'StatefulSet', 'DaemonSet', 'Job'];

function imagesOf(object: unknown): readonly string[] {
  if (!workloads.includes(textAt(object, 'kind') ?? '')) return [];
  const pod = field(object, 'spec', 'template', 'spec');
  return [...listAt(pod, 'containers'), ...listAt(pod, 'initContainers')].flatMap(
    (each) => textAt(each, 'image') ?? [],
  );
}

function replicasOf(object: unknown): readonly [string, number][] {
  const kind = textAt(object, 'kind') ?? '';
  if (kind !== 'Deployment' && kind !== 'StatefulSet') return [];
  return [[textAt(object, 'metadata', 'name') ?? '', numberAt(object, 'spec', 'replicas') ?? 1]];
}

/** Pods that are ready are ready whatever they run, and more of them than are wanted are on their way out. */
function readyOf(object: unknown): readonly [string, number][] {
  return replicasOf(object).map(([name, wanted]) => [
    name,
    Math.min(wanted, numberAt(object, 'status', 'readyReplicas') ?? 0),
  ]);
}

function isHealthy(object: unknown): boolean {
  const status = field(object, 'status');
  const count = (name: string) => numberAt(status, name) ?? 0;
  const isSeen = numberAt(status, 'observedGeneration') === numberAt(object, 'metadata', 'generation');
  const wanted = numberAt(object, 'spec', 'replicas') ?? 1;
  switch (textAt(object, 'kind')) {
    case 'Deployment':
    case 'StatefulSet':
      return isSeen && [count('updatedReplicas'), count('readyReplicas'), count('replicas')].every((n) => n === wanted);
    case 'DaemonSet': {
      const scheduled = count('desiredNumberScheduled');
      return isSeen && count('updatedNumberScheduled') === scheduled && count('numberReady') === scheduled;
    }
    case 'Job':
      return listAt(status, 'conditions').some((each) => textAt(each, 'type') === 'Complete');
    case 'PersistentVolumeClaim':
      return textAt(status, 'phase') === 'Bound';
    default:
      return true;
  }
}

function canFail(object: unknown): boolean {
  switch (textAt(object, 'kind')) {
    case 'Deployment':
    case 'StatefulSet':
      return (numberAt(object, 'spec', 'replicas') ?? 1) > 0;
    case 'DaemonSet':
    case 'Job':
    case 'PersistentVolumeClaim':
      return true;
    case 'Service':
      return textAt(object, 'spec', 'type') === 'LoadBalancer';
    default:
      return false;
  }
}
