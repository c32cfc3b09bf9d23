import type { KubeObject } from '../../functions/kube/object.ts';
import { keyOf, kindKey, ownerUids, refTo } from './object-ref.ts';

/** Which objects to list. */
export interface ListSelector {
  readonly apiVersion: string;
  readonly kind: string;
  /** Absent lists every namespace. */
  readonly namespace?: string;
  /** Labels that must be equal. */
  readonly labels?: { readonly [key: string]: string };
}

/** Finds objects by kind, namespace and labels, and by owner. */
export class ObjectIndex {
  readonly #byKind = new Map<string, Map<string, KubeObject>>();
  readonly #byOwner = new Map<string, Set<string>>();
  readonly #all = new Map<string, KubeObject>();

  put(object: KubeObject): void {
    const key = keyOf(refTo(object));
    const before = this.#all.get(key);
    this.#all.set(key, object);
    getOrAdd(this.#byKind, kindKey(object.apiVersion, object.kind), () => new Map()).set(key, object);
    if (before?.metadata['ownerReferences'] === object.metadata['ownerReferences']) return;
    if (before !== undefined) this.#forgetOwners(key, before);
    for (const uid of ownerUids(object)) getOrAdd(this.#byOwner, uid, () => new Set()).add(key);
  }

  remove(object: KubeObject): void {
    const key = keyOf(refTo(object));
    this.#forgetOwners(key, this.#all.get(key) ?? object);
    this.#all.delete(key);
    this.#byKind.get(kindKey(object.apiVersion, object.kind))?.delete(key);
  }

  /** Returns matching objects, sorted by namespace and name. */
  list(selector: ListSelector): KubeObject[] {
    const objects = this.#byKind.get(kindKey(selector.apiVersion, selector.kind)) ?? new Map<string, KubeObject>();
    return sortObjects([...objects.values()].filter((object) => matches(selector, object)));
  }

  /** Returns every object. */
  all(): IterableIterator<KubeObject> {
    return this.#all.values();
  }

  /** Returns the objects that name an owner. */
  dependentsOf(uid: string): KubeObject[] {
    const dependents: KubeObject[] = [];
    for (const key of this.#byOwner.get(uid) ?? []) {
      const object = this.#all.get(key);
      if (object !== undefined) dependents.push(object);
    }
    return dependents;
  }

  #forgetOwners(key: string, object: KubeObject): void {
    for (const uid of ownerUids(object)) {
      const keys = this.#byOwner.get(uid);
      keys?.delete(key);
      if (keys?.size === 0) this.#byOwner.delete(uid);
    }
  }
}

function getOrAdd<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const found = map.get(key);
  if (found !== undefined) return found;
  const added = make();
  map.set(key, added);
  return added;
}

/** Tells whether an object of the selected kind has the namespace and labels that a selector asks for. */
export function matches({ namespace, labels = {} }: ListSelector, { metadata }: KubeObject): boolean {
  if (namespace !== undefined && metadata.namespace !== namespace) return false;
  return Object.entries(labels).every(([key, value]) => metadata.labels?.[key] === value);
}

/** Returns objects sorted by namespace and name. */
export function sortObjects(objects: readonly KubeObject[]): KubeObject[] {
  return objects
    .map((object) => ({ object, place: `${object.metadata.namespace ?? ''}/${object.metadata.name ?? ''}` }))
    .sort((a, b) => (a.place < b.place ? -1 : Number(a.place > b.place)))
    .map(({ object }) => object);
}
