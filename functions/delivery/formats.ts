import type { KubeObject } from '../kube/object.ts';
import { formatOne } from './format-1.ts';

/** What a format makes of one manifest: the spec of a provider-kubernetes Object, and the hash that tells its content. */
export interface Delivered {
  readonly spec: KubeObject['spec'];
  readonly content: string;
}

/** A version of the transformation from a manifest to an Object's spec. Its bytes never change once released. */
export type Format = (
  manifest: KubeObject,
  providerConfig: { readonly kind: string; readonly name: string },
) => Delivered;

/** The format that new assignments freeze. */
export const currentFormat = 1;

/** Every format that a running assignment may have frozen. A change of bytes is a new number; old ones stay. */
export const formats: ReadonlyMap<number, Format> = new Map([[1, formatOne]]);
