import { pino } from 'pino';
import { formatTwo } from '../../../functions/delivery/format-2.ts';
import { isJsonObject, type JsonObject } from '../../../functions/kube/json.ts';
import { findCondition, type KubeObject } from '../../../functions/kube/object.ts';
import type { CompositionFunction, DesiredResource } from '../../../functions/runtime/composition-function.ts';
import { recordNothing } from '../../../functions/runtime/metrics.ts';
import { type RunningServer, startServer } from '../../../functions/runtime/server.ts';
import { mutualTls } from '../../../functions/runtime/tls.ts';
import type { Api } from '../../lab/api.ts';

/** The shape to compare with: one composite that composes the Objects of all clusters itself. */
export const plainApiVersion = 'bench.crossply.dev/v1';
export const plainKind = 'PlainApp';
const functionName = 'function-plain';

/** Emits six Objects a cluster, as Delivery would, and asks to be called again while they are not ready. */
const plain: CompositionFunction = {
  kind: 'Plain',
  run({ observed }) {
    const { spec, metadata } = observed.composite;
    const { clusters, namespace, manifests } = spec as unknown as PlainSpec;
    const resources = new Map<string, DesiredResource>();
    for (const cluster of clusters) {
      for (const manifest of manifests) {
        const key = `${cluster}-${manifest.kind}-${manifest.metadata.name}`.toLowerCase();
        const placed = { ...manifest, metadata: { ...manifest.metadata, namespace } };
        const { spec: objectSpec } = formatTwo(placed, { kind: 'ClusterProviderConfig', name: cluster });
        const resource: KubeObject = {
          apiVersion: 'kubernetes.m.crossplane.io/v1alpha1',
          kind: 'Object',
          metadata: { name: `${metadata.name}-${key}` },
          spec: objectSpec as JsonObject,
        };
        const seen = observed.resources.get(key);
        resources.set(key, { resource, ready: seen !== undefined && findCondition(seen, 'Ready')?.status === 'True' });
      }
    }
    const isConverging = [...resources.values()].some(({ ready }) => ready !== true);
    return { resources, ttlSeconds: isConverging ? 10 : 60 };
  },
};

interface PlainSpec {
  readonly clusters: readonly string[];
  readonly namespace: string;
  readonly manifests: readonly KubeObject[];
}

/** Serves the plain shape's function to the hub of a lab and installs its kind. */
export async function servePlainShape(hub: Api, tlsFolder: string): Promise<RunningServer> {
  const server = await startServer('127.0.0.1:0', {
    registry: new Map([[plain.kind, plain]]),
    credentials: mutualTls(tlsFolder),
    clock: () => Math.floor(Date.now() / 1000) * 1000,
    log: pino({ level: 'silent' }),
    record: recordNothing,
    maxReceiveMessageBytes: 64 * 1024 * 1024,
  });
  await hub.apply(definition);
  await hub.apply(composition);
  const revision = functionRevision;
  await hub.apply(revision);
  const status = { endpoint: `dns:///127.0.0.1:${server.port}`, capabilities: ['composition'] };
  const key = { apiVersion: revision.apiVersion, kind: revision.kind, name: functionName };
  await hub.patch(key, { status }, 'status');
  return server;
}

const anything = { type: 'object', 'x-kubernetes-preserve-unknown-fields': true };

const definition: KubeObject = {
  apiVersion: 'apiextensions.crossplane.io/v2',
  kind: 'CompositeResourceDefinition',
  metadata: { name: 'plainapps.bench.crossply.dev' },
  spec: {
    scope: 'Namespaced',
    group: 'bench.crossply.dev',
    names: { kind: plainKind, plural: 'plainapps' },
    versions: [
      {
        name: 'v1',
        served: true,
        referenceable: true,
        schema: { openAPIV3Schema: { type: 'object', properties: { spec: anything } } },
      },
    ],
  },
};

const composition: KubeObject = {
  apiVersion: 'apiextensions.crossplane.io/v1',
  kind: 'Composition',
  metadata: { name: 'plainapps.bench.crossply.dev' },
  spec: {
    compositeTypeRef: { apiVersion: plainApiVersion, kind: plainKind },
    mode: 'Pipeline',
    pipeline: [
      {
        step: 'plain',
        functionRef: { name: functionName },
        input: { apiVersion: 'fn.crossply.dev/v1beta1', kind: plain.kind },
      },
    ],
  },
};

/** A function without a package: the annotation keeps the package manager away. */
const functionRevision: KubeObject = {
  apiVersion: 'pkg.crossplane.io/v1',
  kind: 'FunctionRevision',
  metadata: {
    name: functionName,
    labels: { 'pkg.crossplane.io/package': functionName },
    annotations: { 'crossplane.io/paused': 'true' },
  },
  spec: { desiredState: 'Active', image: 'registry.example.com/function-plain:v1', revision: 1 },
};

/** Returns a plain App over clusters. */
export function plainApp(
  namespace: string,
  spec: { readonly clusters: readonly string[]; readonly namespace: string; readonly manifests: readonly KubeObject[] },
): KubeObject {
  if (!spec.manifests.every(isJsonObject)) throw new Error('manifests must be objects');
  return {
    apiVersion: plainApiVersion,
    kind: plainKind,
    metadata: { name: 'shop', namespace },
    spec: spec as unknown as JsonObject,
  };
}
