import type { Steps } from '../judging/steps.ts';

/** Values over time as they come in; a value that equals the last adds nothing. */
export class StepLog<T> {
  readonly #steps: { readonly at: number; readonly value: T }[] = [];
  #last: string | undefined;

  put(at: number, value: T): void {
    const text = JSON.stringify(value) ?? 'undefined';
    if (text === this.#last) return;
    this.#last = text;
    this.#steps.push({ at, value });
  }

  get steps(): Steps<T> {
    return this.#steps;
  }
}
