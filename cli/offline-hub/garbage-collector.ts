import type { KubeObject, ObjectMeta } from '../../functions/kube/object.ts';
import type { Agenda } from './agenda.ts';
import { finalizersOf, keyOf, type ObjectRef, ownerReferences, ownerUids, refTo } from './object-ref.ts';
import type { ObjectStore } from './object-store.ts';
import type { VirtualClock } from './virtual-clock.ts';

const foreground = 'foregroundDeletion';

/** How long the collector takes to see a change. */
const latencyMs = 50;

/** How long it waits before it asks again for a deletion that was refused. */
const retryMs = 1_000;

/** Deletes what has lost all its owners, and ends foreground deletions once no dependent blocks them (kube-controller-manager). */
export class GarbageCollector {
  readonly #store: ObjectStore;
  readonly #agenda: Agenda;
  readonly #clock: VirtualClock;

  constructor(store: ObjectStore, agenda: Agenda, clock: VirtualClock) {
    this.#store = store;
    this.#agenda = agenda;
    this.#clock = clock;
    store.watch(({ type, object }) => {
      if (type !== 'Deleted') {
        if (finalizersOf(object).includes(foreground)) this.#schedule(refTo(object));
        return;
      }
      for (const dependent of store.index.dependentsOf(object.metadata.uid ?? '')) this.#schedule(refTo(dependent));
      for (const owner of this.#waitingOwners(object)) this.#schedule(refTo(owner));
    });
  }

  #schedule(ref: ObjectRef, delayMs = latencyMs): void {
    const task = { run: () => this.#attempt(ref), isIdle: () => false };
    this.#agenda.schedule(`collect ${keyOf(ref)}`, this.#clock.milliseconds + delayMs, task);
  }

  #attempt(ref: ObjectRef): void {
    const object = this.#store.get(ref);
    if (object === undefined) return;
    const owners = ownerUids(object);
    if (finalizersOf(object).includes(foreground)) this.#deleteDependents(object);
    else if (owners.length > 0 && owners.every((uid) => !this.#exists(uid, object))) this.#delete(object);
  }

  #deleteDependents(owner: KubeObject): void {
    const { uid = '' } = owner.metadata;
    const blocking = this.#store.index
      .dependentsOf(uid)
      .filter((dependent) =>
        ownerReferences(dependent).some((ref) => ref['uid'] === uid && ref['blockOwnerDeletion'] === true),
      );
    if (blocking.length === 0) {
      this.#store.update(refTo(owner), 'kube-controller-manager', (object) => {
        const metadata: ObjectMeta = {
          ...object.metadata,
          finalizers: finalizersOf(object).filter((name) => name !== foreground),
        };
        return { ...object, metadata };
      });
      return;
    }
    for (const dependent of blocking) if (dependent.metadata.deletionTimestamp === undefined) this.#delete(dependent);
  }

  #delete(object: KubeObject): void {
    const { uid } = object.metadata;
    const hasDependents = this.#store.index.dependentsOf(uid ?? '').length > 0;
    const { refusal } = this.#store.delete(refTo(object), hasDependents ? 'Foreground' : 'Background', uid);
    if (refusal !== undefined) this.#schedule(refTo(object), retryMs);
  }

  #waitingOwners(object: KubeObject): KubeObject[] {
    return this.#ownersOf(object).filter((owner) => finalizersOf(owner).includes(foreground));
  }

  #exists(uid: string, dependent: KubeObject): boolean {
    return this.#ownersOf(dependent).some((owner) => owner.metadata.uid === uid);
  }

  #ownersOf(object: KubeObject): KubeObject[] {
    return ownerReferences(object).flatMap(({ apiVersion, kind, name }) => {
      const { namespace } = object.metadata;
      const ref = { apiVersion: String(apiVersion), kind: String(kind), name: String(name) };
      return this.#store.get(namespace === undefined ? ref : { ...ref, namespace }) ?? this.#store.get(ref) ?? [];
    });
  }
}
