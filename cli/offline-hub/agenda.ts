/** Something that a controller does now and then to one object. */
export interface Task {
  run(): void | Promise<void>;
  /** Tells whether running now would change nothing and learn nothing. */
  isIdle(): boolean;
  /** Tells whether running now would do what it did last, unless the time makes a difference; idle tasks do so anyway. */
  isRepeat?(): boolean;
}

/** A task with its time. */
export interface Entry {
  readonly key: string;
  readonly due: number;
  readonly task: Task;
}

interface Slot extends Entry {
  readonly order: number;
}

/**
 * What is to be done and when, in virtual milliseconds. A key stands in it once, at the earliest time asked for, as in the
 * work queues of Kubernetes controllers; equal times keep the order of asking.
 */
export class Agenda {
  readonly #heap: Slot[] = [];
  readonly #current = new Map<string, Slot>();
  #asked = 0;

  /** Adds a task, or moves the one with that key forward. */
  schedule(key: string, due: number, task: Task): void {
    const waiting = this.#current.get(key);
    if (waiting !== undefined && waiting.due <= due) return;
    const slot: Slot = { key, due, task, order: this.#asked++ };
    this.#current.set(key, slot);
    this.#push(slot);
  }

  /** Forgets the task of a key. */
  cancel(key: string): void {
    this.#current.delete(key);
  }

  /** Puts off what falls due in a span of time by its length, as if the span had never been. */
  skip(from: number, to: number): void {
    const delayed = [...this.#current.values()].filter(({ due }) => due < to);
    for (const { key, due, task } of delayed.sort((a, b) => a.due - b.due || a.order - b.order)) {
      this.#current.delete(key);
      this.schedule(key, due + to - from, task);
    }
  }

  /** Takes the earliest entry out. */
  take(): Entry | undefined {
    for (;;) {
      const slot = this.#pop();
      if (slot === undefined) return undefined;
      if (this.#current.get(slot.key) !== slot) continue;
      this.#current.delete(slot.key);
      return slot;
    }
  }

  /** The entries still to come, in no particular order. */
  entries(): IterableIterator<Entry> {
    return this.#current.values();
  }

  /** Returns the earliest entry and leaves it in. */
  peek(): Entry | undefined {
    for (;;) {
      const slot = this.#heap[0];
      if (slot === undefined || this.#current.get(slot.key) === slot) return slot;
      this.#pop();
    }
  }

  #push(slot: Slot): void {
    const heap = this.#heap;
    let at = heap.length;
    heap.push(slot);
    while (at > 0) {
      const parent = (at - 1) >> 1;
      const above = heap[parent];
      if (above === undefined || !before(slot, above)) break;
      heap[at] = above;
      at = parent;
    }
    heap[at] = slot;
  }

  #pop(): Slot | undefined {
    const heap = this.#heap;
    const first = heap[0];
    const last = heap.pop();
    if (first === undefined || last === undefined || heap.length === 0) return first;
    let at = 0;
    for (;;) {
      const left = heap[2 * at + 1];
      const right = heap[2 * at + 2];
      const isRight = left !== undefined && right !== undefined && before(right, left);
      const child = isRight ? right : left;
      if (child === undefined || !before(child, last)) break;
      heap[at] = child;
      at = 2 * at + (isRight ? 2 : 1);
    }
    heap[at] = last;
    return first;
  }
}

function before(a: Slot, b: Slot): boolean {
  return a.due < b.due || (a.due === b.due && a.order < b.order);
}
