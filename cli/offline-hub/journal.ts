import { keyOf, type ObjectRef, refTo } from './object-ref.ts';
import type { ObjectStore } from './object-store.ts';
import type { Notice } from './pipeline.ts';
import type { VirtualClock } from './virtual-clock.ts';

/** One change of one object, anywhere. */
export interface Change {
  readonly at: number;
  /** `hub`, or the name of a member. */
  readonly cluster: string;
  readonly type: 'Added' | 'Modified' | 'Deleted';
  readonly key: string;
  readonly uid: string;
}

/** A Kubernetes event on the hub. */
export interface HubEvent extends Notice {
  readonly at: number;
  readonly about: ObjectRef;
}

/** All that happened, in order: equal runs have equal journals. */
export class Journal {
  readonly changes: Change[] = [];
  readonly events: HubEvent[] = [];
  readonly #clock: VirtualClock;

  constructor(clock: VirtualClock) {
    this.#clock = clock;
  }

  follow(store: ObjectStore): void {
    store.watch(({ type, object }) => {
      const { milliseconds: at } = this.#clock;
      this.changes.push({ at, cluster: store.name, type, key: keyOf(refTo(object)), uid: object.metadata.uid ?? '' });
    });
  }

  tell(about: ObjectRef, notice: Notice): void {
    this.events.push({ at: this.#clock.milliseconds, about, ...notice });
  }
}
