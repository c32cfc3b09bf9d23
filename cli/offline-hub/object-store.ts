import type { Json, JsonObject } from '../../functions/kube/json.ts';
import type { KubeObject, ObjectMeta } from '../../functions/kube/object.ts';
import type { AdmissionRules } from './admission-rules.ts';
import { appliedPart } from './applied-part.ts';
import { mergeFields, removeFields } from './field-ownership.ts';
import { countGeneration } from './generation.ts';
import { hasGeneration } from './kind-scope.ts';
import { recordManager } from './managed-fields.ts';
import { ObjectIndex } from './object-index.ts';
import { finalizersOf, formatRef, keyOf, type ObjectRef, refTo } from './object-ref.ts';
import { invalid, type Refusal, type Written } from './refusal.ts';
import { sameJson } from './same-json.ts';
import type { VirtualClock } from './virtual-clock.ts';
import type { WatchEvent } from './watch-event.ts';

interface Stored {
  readonly object: KubeObject;
  /** What each field manager applied last, of the object and of its status. */
  readonly main: ReadonlyMap<string, JsonObject>;
  readonly status: ReadonlyMap<string, JsonObject>;
}

type Part = 'main' | 'status';

/**
 * The objects of one API server. Objects are never changed in place: equal references mean an equal object. Time comes from the
 * virtual clock, uids and resource versions from counters, so that equal histories give equal objects.
 */
export class ObjectStore {
  readonly name: string;
  readonly index = new ObjectIndex();
  readonly #clock: VirtualClock;
  readonly #rules: AdmissionRules;
  readonly #stored = new Map<string, Stored>();
  readonly #watchers: ((event: WatchEvent) => void)[] = [];
  #version = 0;
  #created = 0;

  constructor(name: string, clock: VirtualClock, rules: AdmissionRules) {
    this.name = name;
    this.#clock = clock;
    this.#rules = rules;
  }

  /** How many writes have changed something so far. */
  get version(): number {
    return this.#version;
  }

  /** Calls a watcher with every change from now on, in order. */
  watch(watcher: (event: WatchEvent) => void): void {
    this.#watchers.push(watcher);
  }

  get(ref: ObjectRef): KubeObject | undefined {
    return this.#stored.get(keyOf(ref))?.object;
  }

  /** Applies an object for a field manager with force: what the manager applied before and left out now goes. Status is not touched. */
  apply(intent: KubeObject, manager: string): Written {
    const next = appliedPart(intent);
    const stored = this.#stored.get(keyOf(refTo(intent)));
    if (stored === undefined) return this.#create(next, manager);
    const { object, main } = stored;
    const others = [...main].filter(([name]) => name !== manager).map(([, applied]) => applied);
    const kept = removeFields(object, main.get(manager), next, others);
    const merged = mergeFields(kept, next) as KubeObject;
    return this.#write({ ...stored, main: new Map(main).set(manager, next) }, merged, manager, 'Apply', 'main');
  }

  /** Applies a status for a field manager, with the same rules as `apply`; with a version only to an object that still has it. */
  applyStatus(ref: ObjectRef, status: JsonObject, manager: string, resourceVersion?: Json): Written {
    const stored = this.#stored.get(keyOf(ref));
    if (stored === undefined) return { refusal: notFound(ref) };
    if (resourceVersion !== undefined && resourceVersion !== stored.object.metadata.resourceVersion) {
      return { refusal: { reason: 'Conflict', message: `${formatRef(ref)} has been modified` } };
    }
    const others = [...stored.status].filter(([name]) => name !== manager).map(([, applied]) => applied);
    const kept = removeFields(stored.object.status, stored.status.get(manager), status, others);
    const merged = { ...stored.object, status: mergeFields(kept, status) ?? {} };
    const next = { ...stored, status: new Map(stored.status).set(manager, status) };
    return this.#write(next, merged, manager, 'Apply', 'status');
  }

  /** Replaces an object by what `change` makes of it, as a controller's plain update does. */
  update(ref: ObjectRef, manager: string, change: (object: KubeObject) => KubeObject, part: Part = 'main'): Written {
    const stored = this.#stored.get(keyOf(ref));
    if (stored === undefined) return { refusal: notFound(ref) };
    return this.#write(stored, change(stored.object), manager, 'Update', part);
  }

  /** Deletes an object: at once, or when its finalizers are gone. Foreground waits for dependents that block their owner. */
  delete(ref: ObjectRef, propagation: 'Background' | 'Foreground' = 'Background', uid?: string): Written {
    const stored = this.#stored.get(keyOf(ref));
    if (stored === undefined) return { refusal: notFound(ref) };
    const { object } = stored;
    if (uid !== undefined && object.metadata.uid !== uid) {
      return {
        refusal: { reason: 'Conflict', message: `the UID in the precondition (${uid}) is not that of the object` },
      };
    }
    const refusal = this.#rules.refuseDelete(object);
    if (refusal !== undefined) return { refusal };
    if (object.metadata.deletionTimestamp !== undefined) return { object, changed: false };
    const finalizers = finalizersOf(object);
    if (propagation === 'Foreground') finalizers.push('foregroundDeletion');
    if (finalizers.length === 0) return { object: this.#remove(stored), changed: true };
    const { generation } = object.metadata;
    const metadata: ObjectMeta = {
      ...object.metadata,
      finalizers,
      deletionTimestamp: this.#clock.timestamp(),
      deletionGracePeriodSeconds: 0,
      ...(generation !== undefined && { generation: generation + 1 }),
    };
    return { object: this.#commit(stored, { ...object, metadata }, object), changed: true };
  }

  #create(intent: KubeObject, manager: string): Written {
    const refusal = this.#rules.refuseWrite(intent, undefined);
    if (refusal !== undefined) return { refusal };
    const admitted = this.#rules.admit(intent, undefined, 'main');
    if (admitted.problems !== undefined) return { refusal: invalid(intent, admitted.problems) };
    const { value } = admitted;
    const timestamp = this.#clock.timestamp();
    const metadata: ObjectMeta = {
      ...value.metadata,
      uid: this.#nextUid(),
      ...(hasGeneration(value.apiVersion, value.kind) && { generation: 1 }),
      creationTimestamp: timestamp,
    };
    const object = recordManager({ ...value, metadata }, manager, 'Apply', 'main', timestamp);
    const stored = { object, main: new Map([[manager, intent]]), status: new Map<string, JsonObject>() };
    return { object: this.#commit(stored, object, undefined), changed: true };
  }

  #write(stored: Stored, next: KubeObject, manager: string, operation: 'Apply' | 'Update', part: Part): Written {
    const { object: old } = stored;
    if (next === old || sameJson(next, old)) return this.#unchanged(stored, old);
    const refusal = this.#rules.refuseWrite(next, old);
    if (refusal !== undefined) return { refusal };
    const admitted = this.#rules.admit(next, old, part);
    if (admitted.problems !== undefined) return { refusal: invalid(next, admitted.problems) };
    if (sameJson(admitted.value, old)) return this.#unchanged(stored, old);
    const marked = recordManager(admitted.value, manager, operation, part, this.#clock.timestamp());
    return {
      object: this.#commit(stored, part === 'main' ? countGeneration(marked, old) : marked, old),
      changed: true,
    };
  }

  #unchanged(stored: Stored, object: KubeObject): Written {
    this.#stored.set(keyOf(refTo(object)), { ...stored, object });
    return { object, changed: false };
  }

  #commit(stored: Stored, next: KubeObject, old: KubeObject | undefined): KubeObject {
    this.#version++;
    const object = { ...next, metadata: { ...next.metadata, resourceVersion: String(this.#version) } };
    if (object.metadata.deletionTimestamp !== undefined && finalizersOf(object).length === 0) {
      return this.#remove({ ...stored, object });
    }
    this.#stored.set(keyOf(refTo(object)), { ...stored, object });
    this.index.put(object);
    this.#tell(old === undefined ? { type: 'Added', object } : { type: 'Modified', object, old });
    return object;
  }

  #remove({ object }: Stored): KubeObject {
    this.#version++;
    this.#stored.delete(keyOf(refTo(object)));
    this.index.remove(object);
    this.#tell({ type: 'Deleted', object });
    return object;
  }

  #tell(event: WatchEvent): void {
    for (const watcher of this.#watchers) watcher(event);
  }

  #nextUid(): string {
    this.#created++;
    let seed = 0;
    for (const character of this.name) seed = (Math.imul(seed, 31) + character.charCodeAt(0)) >>> 0;
    return `${seed.toString(16).padStart(8, '0')}-0000-4000-8000-${this.#created.toString(16).padStart(12, '0')}`;
  }
}

function notFound(ref: ObjectRef): Refusal {
  return { reason: 'NotFound', message: `${formatRef(ref)} not found` };
}
