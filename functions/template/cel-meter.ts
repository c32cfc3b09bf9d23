import { type CelFunc, type CelValue, celFunc, celList, celMethod, isCelError, isCelList } from '@bufbuild/cel';

/** Steps that one evaluation may take; together some 20 ms. */
const MAX_STEPS = 100_000;

/** Characters, bytes or list items that a function works on for one step. */
const SIZE_PER_STEP = 16;

/** Counts what an evaluation costs: a loop or a growing text could otherwise make 1 KiB of source keep the process busy for ever. */
class Meter {
  readonly complaint = `takes more than ${MAX_STEPS} steps`;
  #left = MAX_STEPS;

  reset(): void {
    this.#left = MAX_STEPS;
  }

  spend(steps: number): void {
    this.#left -= steps;
    if (this.exhausted) throw new Error(this.complaint);
  }

  get exhausted(): boolean {
    return this.#left < 0;
  }
}

/** The meter of the evaluation at hand; evaluation is synchronous, so that one will do. */
export const meter = new Meter();

/** What a number or a time costs when it is written for a locale or read in a time zone, as if it were so long a text. */
const INTERNATIONAL = 100 * SIZE_PER_STEP;

type Price = (...operands: CelValue[]) => number;

/** What functions work on, where that is more than the size of their operands. */
const PRICES: ReadonlyMap<string, Price> = new Map<string, Price>([
  ['replace', (text, before, after) => replacementSize(text, before, sizeOf(after))],
  ['format', (text) => sizeOf(text) + occurrences(text, '%') * INTERNATIONAL],
  ['matches', (text, pattern) => programSize(pattern) * (4 * SIZE_PER_STEP + sizeOf(text))],
]);

/** Every replacement copies the text made so far. */
function replacementSize(text: CelValue | undefined, before: CelValue | undefined, after: number): number {
  if (typeof text !== 'string' || typeof before !== 'string') return 0;
  const count = occurrences(text, before);
  return text.length + count * (text.length + count * after);
}

function occurrences(text: CelValue | undefined, part: string): number {
  return typeof text === 'string' ? text.split(part).length - 1 : 0;
}

/** RE2 takes time linear in the text times its program, whose size counted repetitions and Unicode classes multiply. */
function programSize(pattern: CelValue | undefined): number {
  if (typeof pattern !== 'string') return 0;
  const repetitions = [...pattern.matchAll(/[{,](\d+)/g)].reduce(
    (all, [, count]) => all * Math.max(1, Number(count)),
    1,
  );
  return pattern.length * Math.min(repetitions, 1000) * (/\\[pP]/.test(pattern) ? 20 : 1);
}

function sizeOf(value: CelValue | undefined): number {
  if (typeof value === 'string' || value instanceof Uint8Array) return value.length;
  return isCelList(value) ? value.size : 0;
}

function sizeOfAll(...operands: CelValue[]): number {
  return operands.reduce((size: number, operand) => size + sizeOf(operand), 0);
}

/** Tells whether a function reads a time in a time zone, as `getHours('Europe/Paris')` does. */
function isZoned({ name, arguments: parameters }: CelFunc): boolean {
  return /^get[A-Z]/.test(name) && parameters.length === 1;
}

/** Returns a function of the engine that spends steps for what it works on and for what it gives. */
export function metered(func: CelFunc): CelFunc {
  const price = PRICES.get(func.name) ?? (isZoned(func) ? () => INTERNATIONAL : sizeOfAll);
  const call = (target: CelValue | undefined, operands: CelValue[]): CelValue => {
    meter.spend(price(...(target === undefined ? operands : [target, ...operands])) / SIZE_PER_STEP);
    const result = func.call(0, target, operands);
    if (result === undefined || isCelError(result)) throw result ?? new Error(`cannot call ${func.name}`);
    meter.spend(sizeOf(result) / SIZE_PER_STEP);
    // The engine's sum of two lists refers to both: whoever reads what a long `map` gives would walk through all of them.
    return isCelList(result) && func.name === '_+_' ? celList([...result]) : result;
  };
  const { name, target, arguments: parameters, result } = func;
  if (target === undefined) return celFunc(name, parameters, result, (...operands) => call(undefined, operands));
  return celMethod(name, target, parameters, result, function (...operands) {
    return call(this, operands);
  });
}
