import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import type { JsonObject } from '../../functions/kube/json.ts';
import type { KubeObject } from '../../functions/kube/object.ts';

const crossply = 'crossply.dev/v1alpha1';

/** What a cluster of a sample fleet is like. */
export interface SampleCluster {
  readonly labels?: { readonly [key: string]: string };
  readonly properties?: { readonly [name: string]: string };
  readonly isHealthy?: boolean;
}

/** Returns the ClusterProfile of a cluster in namespace fleet. */
export function sampleProfile(
  name: string,
  { labels = {}, properties = {}, isHealthy = true }: SampleCluster = {},
): KubeObject {
  return {
    apiVersion: 'multicluster.x-k8s.io/v1alpha1',
    kind: 'ClusterProfile',
    metadata: { name, namespace: 'fleet', labels },
    spec: { displayName: name, clusterManager: { name: 'sample' } },
    status: {
      version: { kubernetes: 'v1.35.1' },
      properties: Object.entries(properties).map(([key, value]) => ({ name: key, value })),
      conditions: [
        {
          type: 'ControlPlaneHealthy',
          status: isHealthy ? 'True' : 'False',
          reason: 'Sample',
          message: '',
          lastTransitionTime: '2026-01-01T00:00:00Z',
        },
      ],
    },
  };
}

/** Returns the ClusterSet of all sample clusters, with taints by rule if need be. */
export function sampleSet(spec: JsonObject = {}): KubeObject {
  return {
    apiVersion: crossply,
    kind: 'ClusterSet',
    metadata: { name: 'all', namespace: 'platform' },
    spec: { tier: 'prod', clusterProfiles: { namespace: 'fleet' }, ...spec },
  };
}

/** Returns an App of one Deployment, `<name>-web`, in namespace team. */
export function sampleApp(name: string, placement: JsonObject, replicas = 2): KubeObject {
  const components = [{ name: `${name}-web`, image: 'registry.example.com/web:1.0.0', replicas }];
  return object('App', 'team', name, { computeNamespace: 'live', placement, components });
}

/** Returns a Platform with a Tier and a ComputeNamespace, its ClusterSets and clusters, and Apps in it. */
export function sampleFleet(
  clusters: { readonly [name: string]: SampleCluster },
  apps: readonly KubeObject[],
  sets: readonly KubeObject[] = [sampleSet()],
): readonly KubeObject[] {
  return [
    ...Object.entries(clusters).map(([name, cluster]) => sampleProfile(name, cluster)),
    ...sets,
    object('Platform', 'platform', 'base', { owner: 'platform-team', description: 'A sample.' }),
    object('Tier', 'platform', 'prod', { platform: 'base', podSecurity: 'Baseline' }),
    object('ComputeNamespace', 'team', 'live', { tier: { namespace: 'platform', name: 'prod' } }),
    ...apps,
  ];
}

/** Writes objects into a temporary folder, a file each, for as long as a test runs, and returns its path. */
export function sampleFolder(t: TestContext, objects: readonly KubeObject[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'crossply-sample-'));
  t.after(() => rmSync(folder, { recursive: true }));
  for (const [index, each] of objects.entries())
    writeFileSync(join(folder, `${String(index).padStart(3, '0')}.json`), JSON.stringify(each, null, 2));
  return folder;
}

function object(kind: string, namespace: string, name: string, spec: JsonObject): KubeObject {
  return { apiVersion: crossply, kind, metadata: { name, namespace }, spec };
}
