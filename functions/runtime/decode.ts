import { isJsonObject, type Json, type JsonObject } from '../kube/json.ts';
import type { KubeObject } from '../kube/object.ts';
import type { DesiredResource, FunctionRequest } from './composition-function.ts';
import { Ready, type Resource, type RunFunctionRequest } from './proto.ts';

/** Returns a request as plain data; refuses (by throwing) one that no Crossplane sends, such as a composite without a kind. */
export function decodeRequest(request: RunFunctionRequest): FunctionRequest {
  const composite = asObject(request.observed?.composite, 'observed.composite');
  return {
    input: isJsonObject(request.input) ? (request.input as JsonObject) : {},
    context: new Map(Object.entries((request.context ?? {}) as JsonObject).filter(isPresent)),
    observed: { composite, resources: mapValues(request.observed?.resources ?? {}, asObject) },
    desired: {
      status: statusOf(request.desired?.composite),
      resources: mapValues(request.desired?.resources ?? {}, asDesired),
    },
    required: mapValues(request.requiredResources, ({ items }, path) => items.map((item) => asObject(item, path))),
  };
}

function mapValues<From, To>(
  record: { readonly [key: string]: From },
  convert: (value: From, path: string) => To,
): ReadonlyMap<string, To> {
  return new Map(Object.entries(record).map(([key, value]) => [key, convert(value, key)]));
}

function isPresent(entry: [string, Json | undefined]): entry is [string, Json] {
  return entry[1] !== undefined;
}

function asObject(resource: Resource | undefined, path: string): KubeObject {
  const object: unknown = resource?.resource;
  if (!isJsonObject(object) || typeof object['kind'] !== 'string' || typeof object['apiVersion'] !== 'string') {
    throw new TypeError(`${path} is not a Kubernetes object`);
  }
  return { ...object, metadata: isJsonObject(object['metadata']) ? object['metadata'] : {} } as KubeObject;
}

function asDesired(resource: Resource, path: string): DesiredResource {
  const object = asObject(resource, path);
  if (resource.ready === Ready.READY_UNSPECIFIED) return { resource: object };
  return { resource: object, ready: resource.ready === Ready.READY_TRUE };
}

function statusOf(composite: Resource | undefined): JsonObject {
  const status: unknown = composite?.resource?.['status'];
  return isJsonObject(status) ? (status as JsonObject) : {};
}
