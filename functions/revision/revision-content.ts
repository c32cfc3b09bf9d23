import type { Override } from '../generated/types.ts';
import { contentHash } from '../kube/content-hash.ts';
import { isJsonList, isJsonObject, type Json, type JsonObject } from '../kube/json.ts';
import { boundedName } from '../kube/names.ts';
import type { KubeObject } from '../kube/object.ts';

/** Which program rendered the templates; an older one never supersedes a newer one. */
export type Renderer = { readonly name: string; readonly version: string };

/** What one Revision holds: templates with their holes, and the overrides. The same for every cluster. */
export type RevisionContent = {
  readonly templates: { readonly [key: string]: KubeObject };
  readonly overrides: readonly Override[];
  readonly renderer?: Renderer;
};

/** The composite that a Revision or slice belongs to. */
export type Owner = { readonly apiVersion: string; readonly kind: string; readonly name: string };

/** A Revision as it is kept on the hub: an immutable apps/v1 ControllerRevision. */
export type Revision = {
  readonly name: string;
  /** Sequence number: higher is newer. */
  readonly number: number;
  readonly content: RevisionContent;
};

/** Returns the hash that names a content. The renderer is left out: a new version that renders the same is no change. */
export function revisionHash(owner: Owner, { templates, overrides }: RevisionContent): string {
  return contentHash({ owner, templates, overrides }, 10);
}

/** Returns the name of the ControllerRevision for a content: `<composite>-<hash>`. */
export function revisionName(owner: Owner, content: RevisionContent): string {
  const hash = revisionHash(owner, content);
  return `${boundedName([owner.name], 52)}-${hash}`;
}

/** Returns the part of a Revision's name that people are shown: the hash. */
export function shortRevision(name: string): string {
  return name.slice(name.lastIndexOf('-') + 1);
}

/** Returns the ControllerRevision that keeps a Revision. */
export function revisionObject(owner: Owner, { name, number, content }: Revision): KubeObject {
  return {
    apiVersion: 'apps/v1',
    kind: 'ControllerRevision',
    metadata: { name, labels: { 'crossply.dev/xr': owner.name, 'crossply.dev/xr-kind': owner.kind } },
    revision: number,
    data: content as JsonObject,
  };
}

/** Returns the Revision that a ControllerRevision keeps; nothing when the object is not one of ours. */
export function readRevision(object: KubeObject): Revision | undefined {
  const data: Json | undefined = object['data'];
  const name = object.metadata.name;
  if (object.kind !== 'ControllerRevision' || name === undefined || !isJsonObject(data)) return undefined;
  if (!isJsonObject(data['templates']) || !isJsonList(data['overrides'])) return undefined;
  const number = object['revision'];
  return { name, number: typeof number === 'number' ? number : 0, content: data as RevisionContent };
}
