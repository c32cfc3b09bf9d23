import type { KubeObject } from '../../functions/kube/object.ts';
import type { RequirementSelector } from './dependency-tracker.ts';
import { type ListSelector, matches, sortObjects } from './object-index.ts';
import { keyOf, kindKey, type ObjectRef, refTo } from './object-ref.ts';
import type { ObjectStore } from './object-store.ts';
import type { VirtualClock } from './virtual-clock.ts';

/** What a controller sees of its API server. */
export interface ObjectReader {
  get(ref: ObjectRef): KubeObject | undefined;
  /** Returns matching objects, sorted by namespace and name. */
  list(selector: ListSelector): readonly KubeObject[];
}

/** Returns the reader that sees every write at once. */
export function liveReader(store: ObjectStore): ObjectReader {
  return { get: (ref) => store.get(ref), list: (selector) => store.index.list(selector) };
}

/** Returns what a selector finds: at most one object by name, else all that match. */
export function findRequired(reader: ObjectReader, selector: RequirementSelector): readonly KubeObject[] {
  const { name, ...rest } = selector;
  if (name === undefined) return reader.list(rest);
  const { apiVersion, kind, namespace } = selector;
  const found = reader.get({ apiVersion, kind, name, ...(namespace !== undefined && { namespace }) });
  return found === undefined ? [] : [found];
}

interface Change {
  readonly at: number;
  readonly key: string;
  readonly kind: string;
  readonly before: KubeObject | undefined;
}

/** How long the past is kept. */
const keptMs = 10_000;

/** Remembers the recent past of a store, to show it as a cache that lags behind. */
export class RecentPast {
  readonly #store: ObjectStore;
  readonly #clock: VirtualClock;
  #changes: Change[] = [];

  constructor(store: ObjectStore, clock: VirtualClock) {
    this.#store = store;
    this.#clock = clock;
    store.watch(({ type, object, old }) => {
      const ref = refTo(object);
      const before = type === 'Deleted' ? object : old;
      const horizon = clock.milliseconds - keptMs;
      if ((this.#changes[0]?.at ?? horizon) < horizon) this.#changes = this.#changes.filter(({ at }) => at >= horizon);
      this.#changes.push({ at: clock.milliseconds, key: keyOf(ref), kind: kindKey(ref.apiVersion, ref.kind), before });
    });
  }

  /** Returns a reader that sees the store as it was `lagMs` ago; nothing when it has not changed since. */
  reader(lagMs: number): ObjectReader | undefined {
    const then = this.#clock.milliseconds - lagMs;
    const before = new Map<string, Change>();
    for (const change of this.#changes) if (change.at > then && !before.has(change.key)) before.set(change.key, change);
    if (before.size === 0) return undefined;
    return {
      get: (ref) => {
        const change = before.get(keyOf(ref));
        return change === undefined ? this.#store.get(ref) : change.before;
      },
      list: (selector) => {
        const unchanged = this.#store.index.list(selector).filter((object) => !before.has(keyOf(refTo(object))));
        const kind = kindKey(selector.apiVersion, selector.kind);
        const past = [...before.values()].flatMap((change) => (change.kind === kind ? (change.before ?? []) : []));
        return sortObjects([...unchanged, ...past.filter((object) => matches(selector, object))]);
      },
    };
  }
}
