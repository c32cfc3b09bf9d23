import type { Component, TierPolicy } from '../generated/types.ts';
import type { JsonObject } from '../kube/json.ts';
import type { KubeObject } from '../kube/object.ts';

/** What rendering knows of an App beside its spec. */
export type AppFacts = {
  readonly name: string;
  /** Labels of the App itself. */
  readonly labels: { readonly [key: string]: string };
  /** Namespace in the member clusters. */
  readonly namespace?: string;
  /** Whether the clusters share what components state, so that numbers are those of all of them together. */
  readonly isDivided?: boolean;
  /** Rules of the Tier. */
  readonly policy?: TierPolicy;
};

/** A component, the App it is part of, and where it stands: `spec.components[0]`. */
export type AppPart = { readonly app: AppFacts; readonly component: Component; readonly path: string };

/** Returns the named fields of an object that are set; null counts as left out, as on the API server. */
export function pickFields(object: JsonObject, names: readonly string[]): JsonObject {
  const set = names.filter((name) => object[name] !== undefined && object[name] !== null);
  return Object.fromEntries(set.map((name) => [name, object[name]]));
}

/** Labels and annotations of an object; empty maps are left out of it. */
export type Marks = {
  readonly labels: { readonly [key: string]: string };
  readonly annotations?: { readonly [key: string]: string } | undefined;
};

/** Returns labels and annotations as the members of a metadata. */
export function marked({ labels, annotations = {} }: Marks): JsonObject {
  return { labels, ...(Object.keys(annotations).length > 0 && { annotations }) };
}

/** Returns an object of a component, in the member namespace; it is named after the component unless a name is given. */
export function partObject(
  { app, component }: AppPart,
  type: { readonly apiVersion: string; readonly kind: string; readonly name?: string },
  marks: Marks,
  content: JsonObject,
): KubeObject {
  const { apiVersion, kind, name = component.name } = type;
  const metadata = { name, ...(app.namespace !== undefined && { namespace: app.namespace }), ...marked(marks) };
  return { apiVersion, kind, metadata, ...content };
}
