import { canonicalJson } from '../../functions/kube/canonical-json.ts';
import type { Json } from '../../functions/kube/json.ts';
import type { KubeObject } from '../../functions/kube/object.ts';
import { type ListSelector, matches } from '../offline-hub/object-index.ts';
import { keyOf, kindKey, refTo } from '../offline-hub/object-ref.ts';
import type { HubReader } from './hub-reader.ts';

/**
 * Returns a reader that asks another one for everything once only, so that what is decided several times is decided from the
 * same facts. A kind of which all objects were listed is not asked for again in parts.
 */
export function snapshotReader(reader: HubReader): HubReader {
  const objects = new Map<string, ReturnType<HubReader['get']>>();
  const lists = new Map<string, ReturnType<HubReader['list']>>();
  const kinds = new Map<string, Promise<ReadonlyMap<string, KubeObject>>>();
  return {
    async get(ref) {
      const all = await kinds.get(kindKey(ref.apiVersion, ref.kind));
      if (all !== undefined) return all.get(keyOf(ref));
      return once(objects, keyOf(ref), () => reader.get(ref));
    },
    async list(selector) {
      const kind = kindKey(selector.apiVersion, selector.kind);
      if (!isWhole(selector) && !kinds.has(kind))
        return once(lists, canonicalJson(selector as unknown as Json), () => reader.list(selector));
      const all = await once(kinds, kind, async () => byKey(await reader.list(selector)));
      return [...all.values()].filter((object) => matches(selector, object));
    },
  };
}

function isWhole({ namespace, labels = {} }: ListSelector): boolean {
  return namespace === undefined && Object.keys(labels).length === 0;
}

function byKey(objects: readonly KubeObject[]): ReadonlyMap<string, KubeObject> {
  return new Map(objects.map((object) => [keyOf(refTo(object)), object]));
}

function once<T>(answers: Map<string, T>, key: string, ask: () => T): T {
  const known = answers.get(key);
  if (known !== undefined) return known;
  const answer = ask();
  answers.set(key, answer);
  return answer;
}
