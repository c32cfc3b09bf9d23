import { assertJson } from './assert-json.ts';
import type { FunctionCondition, FunctionResponse, ResourceSelector } from './composition-function.ts';
import { lockedMetadata } from './optimistic-lock.ts';
import {
  type Condition,
  Ready,
  type Requirements,
  type Resource,
  type RunFunctionRequest,
  type RunFunctionResponse,
  Severity,
  Status,
} from './proto.ts';

const conditionStatus = {
  True: Status.STATUS_CONDITION_TRUE,
  False: Status.STATUS_CONDITION_FALSE,
  Unknown: Status.STATUS_CONDITION_UNKNOWN,
} as const;

/** Returns the wire form of an answer; what the function had no opinion on passes through from the request. */
export function encodeResponse(request: RunFunctionRequest, response: FunctionResponse): RunFunctionResponse {
  const resources =
    response.resources === undefined ? (request.desired?.resources ?? {}) : desiredResources(response.resources);
  return {
    meta: {
      tag: request.meta?.tag ?? '',
      ...(response.ttlSeconds !== undefined && { ttl: { seconds: Math.ceil(response.ttlSeconds), nanos: 0 } }),
    },
    desired: { composite: desiredComposite(request, response, resources), resources },
    context: { ...request.context, ...checked(response.context ?? {}, 'context') },
    requirements: encodeRequirements(response.requirements ?? {}),
    conditions: (response.conditions ?? []).map(encodeCondition),
    results:
      response.fatal === undefined
        ? []
        : [{ severity: Severity.SEVERITY_FATAL, message: response.fatal, reason: undefined, target: undefined }],
    output: undefined,
  };
}

function checked<T>(value: T, path: string): T {
  assertJson(value, path);
  return value;
}

function desiredComposite(
  request: RunFunctionRequest,
  response: FunctionResponse,
  resources: { readonly [key: string]: Resource },
): Resource | undefined {
  const before = request.desired?.composite;
  if (response.status === undefined && response.ready === undefined) return before;
  const status = { ...before?.resource?.['status'], ...checked(response.status ?? {}, 'status') };
  return {
    resource: { ...before?.resource, metadata: lockedMetadata(request, resources), status },
    connectionDetails: before?.connectionDetails ?? {},
    ready: response.ready === undefined ? (before?.ready ?? Ready.READY_UNSPECIFIED) : encodeReady(response.ready),
  };
}

function desiredResources(resources: NonNullable<FunctionResponse['resources']>): { [key: string]: Resource } {
  const wire: { [key: string]: Resource } = {};
  for (const [key, { resource, ready }] of resources) {
    wire[key] = { resource: checked(resource, key), connectionDetails: {}, ready: encodeReady(ready) };
  }
  return wire;
}

function encodeReady(ready: boolean | undefined): Ready {
  if (ready === undefined) return Ready.READY_UNSPECIFIED;
  return ready ? Ready.READY_TRUE : Ready.READY_FALSE;
}

function encodeRequirements(selectors: { readonly [name: string]: ResourceSelector }): Requirements {
  const resources: Requirements['resources'] = {};
  for (const [name, { apiVersion, kind, namespace, match }] of Object.entries(selectors)) {
    resources[name] = {
      apiVersion,
      kind,
      namespace,
      matchName: 'name' in match ? match.name : undefined,
      matchLabels: 'labels' in match ? { labels: { ...match.labels } } : undefined,
    };
  }
  return { extraResources: {}, resources, schemas: {} };
}

function encodeCondition({ type, status, reason, message }: FunctionCondition): Condition {
  return { type, status: conditionStatus[status], reason, message, target: undefined };
}
