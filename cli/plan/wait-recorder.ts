import type { RolloutProgress, RolloutStatus } from '../../functions/generated/types.ts';
import type { KubeObject } from '../../functions/kube/object.ts';
import type { OfflineHub } from '../offline-hub/hub.ts';
import { keyOf, type ObjectRef, refTo } from '../offline-hub/object-ref.ts';

/** Something that a rollout waited for, and from when to when, in virtual milliseconds; it still waits when it has no end. */
export interface RecordedWait {
  readonly from: number;
  to?: number;
  /** The wave that waited; absent when all of them did. */
  readonly wave?: string;
  readonly why: string;
  /** Whether the plan made up what was waited for. */
  isGiven?: boolean;
}

/** Watches the composites of a hub and tells what their rollouts waited for, other than that clusters got healthy. */
export class WaitRecorder {
  readonly #waits = new Map<string, RecordedWait[]>();
  readonly #now: () => number;

  constructor({ store, clock }: OfflineHub) {
    this.#now = () => clock.milliseconds;
    store.watch(({ type, object }) => {
      const progress = progressOf(object);
      if (progress !== undefined && type !== 'Deleted') this.#follow(keyOf(refTo(object)), progress);
    });
  }

  /** Returns what the rollout of a composite waited for, in order of time. */
  waitsOf(composite: ObjectRef): readonly RecordedWait[] {
    return this.#waits.get(keyOf(composite)) ?? [];
  }

  /** Marks that what a wave waits for now was made up. */
  give(composite: ObjectRef, wave: string): void {
    for (const wait of this.waitsOf(composite)) if (wait.wave === wave && wait.to === undefined) wait.isGiven = true;
  }

  #follow(key: string, progress: RolloutProgress): void {
    const known = this.#waits.get(key) ?? [];
    this.#waits.set(key, known);
    const present = waitsIn(progress);
    const isSame = (a: Wait, b: Wait) => a.wave === b.wave && a.why === b.why;
    for (const wait of known)
      if (wait.to === undefined && !present.some((each) => isSame(each, wait))) wait.to = this.#now();
    const open = known.filter(({ to }) => to === undefined);
    for (const wait of present)
      if (!open.some((each) => isSame(each, wait))) known.push({ from: this.#now(), ...wait });
  }
}

type Wait = Pick<RecordedWait, 'wave' | 'why'>;

/** What waves say of other waves, and of all that stops them all, is told once; a wave without clusters waits for nothing. */
function waitsIn({ waves: all, brakes = [] }: RolloutProgress): readonly Wait[] {
  const waves = all.filter(({ clusters }) => clusters > 0);
  const isWaiting = waves.some(({ message }) => message !== undefined && brakes.includes(message));
  return [
    ...(isWaiting ? brakes.map((why) => ({ why })) : []),
    ...waves.flatMap(({ name, message }) =>
      message === undefined || message.startsWith('waits for wave ') || brakes.includes(message)
        ? []
        : [{ wave: name, why: message }],
    ),
  ];
}

/** Returns how the rollout of a composite goes, as its status says; nothing for an object that has no rollout. */
export function progressOf({ status }: KubeObject): RolloutProgress | undefined {
  const { rollout } = (status ?? {}) as RolloutStatus;
  return rollout?.waves === undefined ? undefined : rollout;
}
