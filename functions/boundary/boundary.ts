import type { TierPolicy } from '../generated/types.ts';
import { isJsonObject, type JsonObject } from '../kube/json.ts';
import type { KubeObject } from '../kube/object.ts';
import type { Problem } from '../kube/problem.ts';
import { checkImages } from './images.ts';
import { checkKind } from './kinds.ts';
import { checkPodSecurity } from './pod-security.ts';
import { podSpecsOf } from './pod-specs.ts';

/** What the manifests of a composite may be: anything but Secrets for the platform's own kinds, one namespace and its Tier's rules for a tenant's. */
export type Boundary =
  | { readonly scope: 'Cluster' }
  | { readonly scope: 'Namespace'; readonly namespace: string; readonly policy?: TierPolicy };

/** Returns every way in which a manifest, as one cluster would get it, oversteps its boundary; paths name the object first. */
export function checkBoundary(manifest: KubeObject, boundary: Boundary): readonly Problem[] {
  const title = `${manifest.kind}/${manifest.metadata.name ?? ''}`;
  const problems = [
    ...checkSecret(manifest),
    ...(boundary.scope === 'Namespace' ? checkTenant(manifest, boundary) : []),
  ];
  return problems.map((problem) => ({ ...problem, path: problem.path === '' ? title : `${title} ${problem.path}` }));
}

/** A Secret's data would stand in Revisions, Objects and statuses for everybody to read. */
function checkSecret({ apiVersion, kind, ...manifest }: KubeObject): readonly Problem[] {
  if (apiVersion !== 'v1' || kind !== 'Secret') return [];
  return ['data', 'stringData'].flatMap((field) =>
    manifest[field] === undefined
      ? []
      : [
          {
            path: field,
            message: 'must not be set: secrets never pass through the hub',
            hint: 'use an ExternalSecret, or a Secret that exists in the cluster',
          },
        ],
  );
}

/** Whoever may set external IPs may take over any address of the cluster (CVE-2020-8554). */
function checkService({ apiVersion, kind, spec }: KubeObject): readonly Problem[] {
  const isTaken = apiVersion === 'v1' && kind === 'Service' && isJsonObject(spec) && spec['externalIPs'] !== undefined;
  return isTaken
    ? [{ path: 'spec.externalIPs', message: 'must not be set by a tenant', hint: 'use type LoadBalancer' }]
    : [];
}

/** Pods of these classes push out every other pod, the cluster's own included. */
function checkPriority({ priorityClassName }: JsonObject, path: string): readonly Problem[] {
  if (typeof priorityClassName !== 'string' || !priorityClassName.startsWith('system-')) return [];
  const message = `must not be a class of the system (got "${priorityClassName}")`;
  return [{ path: `${path}.priorityClassName`, message, hint: "leave it out to get the Tier's class" }];
}

function checkTenant(
  manifest: KubeObject,
  { namespace, policy }: Extract<Boundary, { scope: 'Namespace' }>,
): readonly Problem[] {
  const refusedKind = checkKind(manifest);
  if (refusedKind !== undefined) return [refusedKind];
  const problems: Problem[] = [];
  if (manifest.metadata.namespace !== namespace) {
    problems.push({
      path: 'metadata.namespace',
      message: `must be ${namespace} (got "${manifest.metadata.namespace ?? ''}")`,
      hint: 'leave it out',
    });
  }
  problems.push(...checkService(manifest));
  for (const { path, spec, annotations } of podSpecsOf(manifest)) {
    problems.push(...checkPriority(spec, path));
    problems.push(...checkImages(spec, path, policy?.allowedRegistries));
    problems.push(...checkPodSecurity({ spec, annotations }, path, policy?.podSecurity ?? 'Baseline'));
  }
  return problems;
}
