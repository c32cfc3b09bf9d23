import type { KubeObject, ObjectMeta } from '../../functions/kube/object.ts';
import type { Agenda } from './agenda.ts';
import { compositeLabel } from './composed-resource.ts';
import { withConditions } from './conditions.ts';
import { asObject } from './lenient-json.ts';
import { finalizersOf, keyOf, type ObjectRef, ownerReferences, ownerUids, refTo } from './object-ref.ts';
import type { ObjectStore } from './object-store.ts';
import { inUseLabel, usageApi, usagesOf, usedBy, userOf } from './usage-refusal.ts';
import type { VirtualClock } from './virtual-clock.ts';

const finalizer = 'usage.apiextensions.crossplane.io';
const manager = 'crossplane';
const latencyMs = 50;
const retryMs = 1_000;
const waitMs = 30_000;

/** Marks what Usages protect, and unmarks it when the last of them goes (core's protection/usage reconciler). */
export class UsageController {
  readonly #store: ObjectStore;
  readonly #agenda: Agenda;
  readonly #clock: VirtualClock;

  constructor(store: ObjectStore, agenda: Agenda, clock: VirtualClock) {
    this.#store = store;
    this.#agenda = agenda;
    this.#clock = clock;
    store.watch(({ type, object }) => {
      if (object.kind === 'Usage' && object.apiVersion === usageApi && type !== 'Deleted')
        this.#schedule(refTo(object), latencyMs);
    });
  }

  #schedule(ref: ObjectRef, delayMs: number): void {
    const task = { run: () => this.#reconcile(ref), isIdle: () => this.#isWaiting(ref) };
    this.#agenda.schedule(`usage ${keyOf(ref)}`, this.#clock.milliseconds + delayMs, task);
  }

  /** Only the appearance of what is used, or the end of what uses it, would change anything. */
  #isWaiting(ref: ObjectRef): boolean {
    const usage = this.#store.get(ref);
    if (usage === undefined) return true;
    const isDeleted = usage.metadata.deletionTimestamp !== undefined;
    return isDeleted
      ? this.#waitsForUser(usage)
      : finalizersOf(usage).includes(finalizer) && this.#used(usage) === undefined;
  }

  #reconcile(ref: ObjectRef): void {
    const usage = this.#store.get(ref);
    if (usage === undefined) return;
    if (usage.metadata.deletionTimestamp !== undefined) this.#release(usage);
    else this.#protect(usage);
  }

  #protect(usage: KubeObject): void {
    const ref = refTo(usage);
    this.#edit(ref, (metadata) => ({ ...metadata, finalizers: [...new Set([...finalizersOf(usage), finalizer])] }));
    const used = this.#used(usage);
    if (used === undefined) {
      this.#schedule(ref, retryMs);
      return;
    }
    this.#edit(refTo(used), ({ labels, ...metadata }) => ({
      ...metadata,
      labels: { ...labels, [inUseLabel]: 'true' },
    }));
    const user = userOf(usage);
    const owner = user && this.#store.get(user);
    if (user !== undefined && owner === undefined) {
      this.#schedule(ref, retryMs);
      return;
    }
    if (owner !== undefined && !ownerUids(usage).includes(owner.metadata.uid ?? '')) {
      const { apiVersion, kind, name } = refTo(owner);
      const reference = { apiVersion, kind, name, uid: owner.metadata.uid ?? '' };
      this.#edit(ref, (metadata) => ({ ...metadata, ownerReferences: [...ownerReferences(usage), reference] }));
    }
    this.#store.update(
      ref,
      manager,
      (object) => {
        const available = { type: 'Ready', status: 'True', reason: 'Available' } as const;
        return { ...object, status: withConditions(asObject(object.status), [available], this.#clock.timestamp()) };
      },
      'status',
    );
  }

  #release(usage: KubeObject): void {
    const ref = refTo(usage);
    if (!finalizersOf(usage).includes(finalizer)) return;
    if (this.#waitsForUser(usage)) {
      this.#schedule(ref, waitMs);
      return;
    }
    const used = this.#used(usage);
    if (used !== undefined && usagesOf(this.#store, used).length < 2) {
      this.#edit(refTo(used), ({ labels = {}, ...metadata }) => {
        const { [inUseLabel]: _, ...others } = labels;
        return { ...metadata, labels: others };
      });
    }
    this.#edit(ref, (metadata) => ({
      ...metadata,
      finalizers: finalizersOf(usage).filter((name) => name !== finalizer),
    }));
  }

  /** A composed Usage outlives what uses the object, so that a composite is taken down in order. */
  #waitsForUser(usage: KubeObject): boolean {
    const user = userOf(usage);
    const isComposed = usage.metadata.labels?.[compositeLabel] !== undefined;
    return isComposed && user !== undefined && this.#store.get(user) !== undefined;
  }

  #used(usage: KubeObject): KubeObject | undefined {
    const used = usedBy(usage);
    return used && this.#store.get(used);
  }

  #edit(ref: ObjectRef, change: (metadata: ObjectMeta) => ObjectMeta): void {
    this.#store.update(ref, manager, (object) => ({ ...object, metadata: change(object.metadata) }));
  }
}
