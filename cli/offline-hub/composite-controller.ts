import { groupOf, type KubeObject } from '../../functions/kube/object.ts';
import type { Agenda, Task } from './agenda.ts';
import { type Pass, reconcileComposite } from './composite.ts';
import type { CoreParts } from './core-parts.ts';
import { formatRef, keyOf, type ObjectRef, refTo } from './object-ref.ts';
import { compositionOf, definitionOf } from './packages.ts';
import type { WatchEvent } from './watch-event.ts';

/** How long a watch event takes to reach its composite; events within that time are one pass. */
const eventLatencyMs = 50;

/** A TTL of at least this counts as rest: nothing is expected to happen before it. */
const restSeconds = 3600;

/** Core's default of --sync-interval. */
const resyncMs = 3_600_000;

/** Retries after errors: 1 s, doubled up to 30 s. */
const firstBackoffMs = 1_000;
const longestBackoffMs = 30_000;

/** A TTL of at most this may hide a time that is known: it is how often what waits for people is looked at. */
const pollingSeconds = 60;

/** How much a reconcile that is to come may be left waiting: not, until the time makes a difference, or for good. */
type Urgency = 'Busy' | 'Repeat' | 'Rest';

interface Followed {
  readonly ref: ObjectRef;
  failures: number;
  last?: Pass;
  /** When the functions want to be asked again, in virtual milliseconds, where that is more than polling. */
  dueAt?: number;
}

/** Decides when each composite is reconciled: on events of itself and of what it depends on, after its TTL, and after errors. */
export class CompositeController {
  readonly #parts: CoreParts;
  readonly #agenda: Agenda;
  readonly #followed = new Map<string, Followed>();
  readonly #onPass: (pass: Pass) => void;

  constructor(parts: CoreParts, agenda: Agenda, onPass: (pass: Pass) => void) {
    this.#parts = parts;
    this.#agenda = agenda;
    this.#onPass = onPass;
    parts.store.watch((event) => this.#route(event));
    this.#resyncLater();
  }

  /** Reconciles a composite now. */
  async reconcile(ref: ObjectRef): Promise<Pass> {
    const followed = this.#follow(ref);
    const { reader, lagMs } = this.#parts.view();
    const pass = await reconcileComposite(this.#parts, ref, reader);
    this.#onPass(pass);
    this.#plan(followed, pass);
    // What a cache shows late comes with an event.
    if (lagMs > 0) this.#schedule(followed, lagMs, 'Busy');
    return pass;
  }

  /** Returns the composites whose last pass failed, with the reason. */
  failures(): { readonly composite: ObjectRef; readonly message: string }[] {
    return [...this.#followed.values()].flatMap(({ ref, last }) =>
      last?.message === undefined ? [] : [{ composite: ref, message: last.message }],
    );
  }

  /** Returns the composites that are reconciled, each with the time at which its functions want to be asked again, if they named one. */
  looks(): { readonly composite: ObjectRef; readonly dueAt?: number }[] {
    return [...this.#followed.values()].map(({ ref, dueAt }) => ({
      composite: ref,
      ...(dueAt !== undefined && { dueAt }),
    }));
  }

  /** Once an hour the caches of core repeat every object as a modification without a difference. */
  #resyncLater(): void {
    const run = () => {
      for (const object of this.#parts.store.index.all()) this.#route({ type: 'Modified', object, old: object });
      this.#resyncLater();
    };
    this.#agenda.schedule('resync', this.#parts.clock.milliseconds + resyncMs, { run, isIdle: () => true });
  }

  #route({ type, object, old }: WatchEvent): void {
    const { tracker, store } = this.#parts;
    if (object.kind === 'Composition') this.#routeComposition(object);
    for (const seen of type === 'Modified' && old !== undefined ? [old, object] : [object]) {
      if (definitionOf(store, seen.apiVersion, seen.kind) !== undefined)
        this.#trigger(refTo(seen), seen, true, type === 'Added');
      for (const key of tracker.dependants(seen)) {
        const dependant = this.#followed.get(key);
        if (dependant !== undefined) this.#trigger(dependant.ref, seen, false);
      }
    }
  }

  #routeComposition(composition: KubeObject): void {
    for (const { ref } of this.#followed.values()) {
      const composite = this.#parts.store.get(ref);
      if (composite !== undefined && compositionOf(this.#parts.store, composite) === composition)
        this.#trigger(ref, composition, false);
    }
  }

  #trigger(ref: ObjectRef, source: KubeObject, isSelf: boolean, isNew = false): void {
    const { breaker, clock, faults } = this.#parts;
    const key = keyOf(ref);
    const isDeletion = source.metadata.deletionTimestamp !== undefined;
    if (isDeletion && isSelf) breaker?.reset(key);
    if (!isDeletion) {
      const name = `${formatRef(refTo(source))} (${source.kind}.${groupOf(source.apiVersion)})`;
      if (breaker !== undefined && !breaker.allows(key, name, clock.milliseconds)) return;
      // A new composite has a full bucket: core never loses the event of its creation.
      if (!isNew && faults.dropsEvent()) return;
    }
    this.#schedule(this.#follow(ref), eventLatencyMs, 'Busy');
  }

  #plan(followed: Followed, pass: Pass): void {
    const { last } = followed;
    followed.last = pass;
    delete followed.dueAt;
    switch (pass.outcome) {
      case 'Gone':
        this.#followed.delete(keyOf(followed.ref));
        break;
      case 'Failed':
      case 'Conflict': {
        const delay = Math.min(firstBackoffMs * 2 ** followed.failures, longestBackoffMs);
        followed.failures++;
        const isSame = !pass.isChanged && last?.message === pass.message && delay === longestBackoffMs;
        this.#schedule(followed, delay, isSame ? 'Rest' : 'Busy');
        break;
      }
      default: {
        followed.failures = 0;
        const ttlSeconds = pass.result?.ttlSeconds;
        if (ttlSeconds === undefined) return;
        if (ttlSeconds > pollingSeconds && ttlSeconds < restSeconds)
          followed.dueAt = this.#parts.clock.milliseconds + ttlSeconds * 1000;
        const unchanged = ttlSeconds >= restSeconds ? 'Rest' : 'Repeat';
        this.#schedule(followed, ttlSeconds * 1000, pass.isChanged ? 'Busy' : unchanged);
      }
    }
  }

  #schedule(followed: Followed, delayMs: number, urgency: Urgency): void {
    const task: Task = {
      run: async () => void (await this.reconcile(followed.ref)),
      isIdle: () => urgency === 'Rest',
      isRepeat: () => urgency === 'Repeat',
    };
    this.#agenda.schedule(`composite ${keyOf(followed.ref)}`, this.#parts.clock.milliseconds + delayMs, task);
  }

  #follow(ref: ObjectRef): Followed {
    const key = keyOf(ref);
    const known = this.#followed.get(key);
    if (known !== undefined) return known;
    const added: Followed = { ref, failures: 0 };
    this.#followed.set(key, added);
    return added;
  }
}
