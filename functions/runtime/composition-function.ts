import type { Json, JsonObject } from '../kube/json.ts';
import type { KubeObject } from '../kube/object.ts';

/** A point in time: milliseconds since the epoch, always a whole second. */
export type Instant = number;

/** A resource that the pipeline wants to exist; `resource` holds only the fields that it has an opinion on. */
export interface DesiredResource {
  readonly resource: KubeObject;
  /** Whether the composed resource is ready; unspecified counts as not ready in core. */
  readonly ready?: boolean;
}

/** What one call of a function is given, decoded from RunFunctionRequest. */
export interface FunctionRequest {
  readonly input: JsonObject;
  readonly context: ReadonlyMap<string, Json>;
  readonly observed: {
    readonly composite: KubeObject;
    readonly resources: ReadonlyMap<string, KubeObject>;
  };
  readonly desired: {
    readonly status: JsonObject;
    readonly resources: ReadonlyMap<string, DesiredResource>;
  };
  /** Required resources by requirement name. A missing name was not supplied yet; an empty list was looked for and not found. */
  readonly required: ReadonlyMap<string, readonly KubeObject[]>;
}

/** Names resources a function needs: by name, or by equality of labels (none given selects all of the kind). */
export interface ResourceSelector {
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespace?: string;
  readonly match: { readonly name: string } | { readonly labels: { readonly [key: string]: string } };
}

/** A status condition of the composite; core adds the transition time. */
export interface FunctionCondition {
  readonly type: string;
  readonly status: 'True' | 'False' | 'Unknown';
  readonly reason: string;
  readonly message?: string;
}

/** What one call answers. What is left out passes through as the earlier steps left it. */
export interface FunctionResponse {
  /** All desired composed resources, in place of those in the request. */
  readonly resources?: ReadonlyMap<string, DesiredResource>;
  /** Members of the composite's status, laid over those of earlier steps. */
  readonly status?: JsonObject;
  /** Whether the composite is ready; left out, core derives it from the composed resources. */
  readonly ready?: boolean;
  /** Context keys to overwrite for the steps that follow. */
  readonly context?: { readonly [key: string]: Json };
  readonly requirements?: { readonly [name: string]: ResourceSelector };
  readonly conditions?: readonly FunctionCondition[];
  /** Refuses the whole reconcile with this text: core then changes nothing at all. */
  readonly fatal?: string;
  /** Seconds until core should call again although nothing changed. */
  readonly ttlSeconds?: number;
}

/** One composition function: a kind of step input and what it answers. */
export interface CompositionFunction {
  /** The `kind` of the step's input, of apiVersion fn.crossply.dev/v1beta1. */
  readonly kind: string;
  /** Answers one call from its request and the time alone: equal facts give equal answers. */
  run(request: FunctionRequest, facts: { readonly now: Instant }): FunctionResponse;
}
