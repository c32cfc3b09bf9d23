import { isJsonObject, type Json } from '../kube/json.ts';
import { groupOf } from '../kube/object.ts';
import type { Problem } from '../kube/problem.ts';
import { zeroHole } from '../template/replica-holes.ts';
import type { AppPart } from './app-part.ts';
import { isShared } from './divided-numbers.ts';
import type { Sourced } from './given-manifests.ts';

/** What is left of manifests once autoscalers among them have the replicas of what they scale. */
export type Yielded = {
  readonly sourced: readonly Sourced[];
  /** A sentence for each workload whose replicas were left to an autoscaler. */
  readonly notes: readonly string[];
  readonly problems: readonly Problem[];
};

type Scaler = { readonly title: string; readonly path: string; readonly target: string };

const kinds: { readonly [groupKind: string]: true } = {
  'autoscaling/HorizontalPodAutoscaler': true,
  'keda.sh/ScaledObject': true,
};

/**
 * Takes the number of replicas out of every workload that an autoscaler among the manifests scales: two who write it would
 * fight for ever. Refuses an autoscaler for a component that has one of its own. A component whose clusters share its replicas
 * still has none where none fall to it, which turns an autoscaler off.
 */
export function yieldToAutoscalers(sourced: readonly Sourced[], parts: readonly AppPart[]): Yielded {
  const scalers = new Map(sourced.flatMap((each) => scalerOf(each) ?? []).map((scaler) => [scaler.target, scaler]));
  const notes: string[] = [];
  const problems: Problem[] = [];
  const yielded = sourced.map((each): Sourced => {
    const { manifest } = each;
    const { spec } = manifest;
    const scaler = scalers.get(targetName(manifest.apiVersion, manifest.kind, manifest.metadata.name));
    if (scaler === undefined || !isJsonObject(spec)) return each;
    const part = parts.find(({ path }) => path === each.path);
    if (part?.component.autoscaling !== undefined) {
      const message = `scales ${manifest.kind}/${manifest.metadata.name}, which ${part.path}.autoscaling does already`;
      problems.push({ path: scaler.path, message, hint: 'keep one of them' });
    }
    if (spec['replicas'] === undefined) return each;
    notes.push(`the replicas of ${manifest.kind}/${manifest.metadata.name} are left to ${scaler.title}`);
    const { replicas: _, ...rest } = spec;
    const none = part !== undefined && isShared(part) ? { replicas: zeroHole(part.component.name) } : {};
    return { ...each, manifest: { ...manifest, spec: { ...rest, ...none } } };
  });
  return { sourced: yielded, notes, problems };
}

/** A ScaledObject scales a Deployment unless it says otherwise; one that component.autoscaling has made is no manifest. */
function scalerOf({ manifest, path }: Sourced): Scaler | undefined {
  const { apiVersion, kind, metadata, spec } = manifest;
  const isGiven = path.startsWith('spec.manifests');
  const ref = isJsonObject(spec) ? spec['scaleTargetRef'] : undefined;
  if (!isGiven || kinds[`${groupOf(apiVersion)}/${kind}`] === undefined || !isJsonObject(ref)) return undefined;
  const target = targetName(text(ref['apiVersion']) ?? 'apps/v1', text(ref['kind']) ?? 'Deployment', text(ref['name']));
  return { title: `${kind}/${metadata.name}`, path, target };
}

function targetName(apiVersion: string, kind: string, name: string | undefined): string {
  return `${groupOf(apiVersion)}/${kind}/${name ?? ''}`;
}

function text(value: Json | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
