import type { Checked } from './problem.ts';

/** How a quantity was written, which decides how it is printed. */
export type QuantityFormat = 'DecimalSI' | 'BinarySI' | 'DecimalExponent';

/** A Kubernetes resource.Quantity, exact: a whole number of 10^-9, the finest part there is. */
export interface Quantity {
  readonly nano: bigint;
  readonly format: QuantityFormat;
}

const NANO_DIGITS = 9;
const ONE = 10n ** 9n;
const MAX_BINARY = (2n ** 63n - 1n) * ONE;
const MAX_TEXT = 128;
const MAX_EXPONENT = 128;

const DECIMAL_SUFFIXES: ReadonlyMap<string, number> = new Map([
  ['n', -9],
  ['u', -6],
  ['m', -3],
  ['', 0],
  ['k', 3],
  ['M', 6],
  ['G', 9],
  ['T', 12],
  ['P', 15],
  ['E', 18],
]);
const BINARY_SUFFIXES: ReadonlyMap<string, number> = new Map([
  ['Ki', 10],
  ['Mi', 20],
  ['Gi', 30],
  ['Ti', 40],
  ['Pi', 50],
  ['Ei', 60],
]);

type Unit = { readonly format: QuantityFormat; readonly ten: number; readonly two: number };

/**
 * Returns the quantity that a text such as `1.5Gi` or a number stands for (rules of k8s.io/apimachinery resource). Parts
 * finer than 10^-9 are rounded away from zero; binary values stop at 2^63-1. Refuses other texts, and exponents beyond
 * 128, which no resource has.
 */
export function parseQuantity(value: string | number): Checked<Quantity> {
  const text = String(value);
  const match = text.length > MAX_TEXT ? null : /^([-+]?)(\d+\.?\d*|\.\d+)([A-Za-z]*|[eE][-+]?\d+)$/.exec(text);
  const unit = unitOf(match?.[3] ?? '');
  if (match === null || unit === undefined) return refuse(text);
  const [whole = '', fraction = ''] = (match[2] ?? '').split('.');
  const shifted = BigInt(whole + fraction) << BigInt(unit.two);
  const magnitude = scale(shifted, unit.ten - fraction.length + NANO_DIGITS);
  const nano = unit.format === 'BinarySI' && magnitude > MAX_BINARY ? MAX_BINARY : magnitude;
  const format = unit.format === 'BinarySI' && nano > 0n && nano < ONE ? 'DecimalSI' : unit.format;
  return { value: { nano: match[1] === '-' ? -nano : nano, format } };
}

function unitOf(suffix: string): Unit | undefined {
  const exponent = /^[eE]([-+]?\d+)$/.exec(suffix)?.[1];
  if (exponent !== undefined) {
    const ten = Number(exponent);
    return Math.abs(ten) > MAX_EXPONENT ? undefined : { format: 'DecimalExponent', ten, two: 0 };
  }
  const ten = DECIMAL_SUFFIXES.get(suffix);
  if (ten !== undefined) return { format: 'DecimalSI', ten, two: 0 };
  const two = BINARY_SUFFIXES.get(suffix);
  return two === undefined ? undefined : { format: 'BinarySI', ten: 0, two };
}

function refuse(text: string): Checked<Quantity> {
  const got = text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT)}…` : text;
  return { problems: [{ path: '', message: `must be a quantity such as 500m, 2 or 1.5Gi (got "${got}")` }] };
}

/** Returns a magnitude times a power of ten, rounded up. */
function scale(magnitude: bigint, power: number): bigint {
  if (power >= 0) return magnitude * 10n ** BigInt(power);
  const divisor = 10n ** BigInt(-power);
  return (magnitude + divisor - 1n) / divisor;
}

/** Returns -1, 0 or 1 for a quantity less than, equal to or greater than another, whatever their formats. */
export function compareQuantities(a: Quantity, b: Quantity): -1 | 0 | 1 {
  if (a.nano === b.nano) return 0;
  return a.nano < b.nano ? -1 : 1;
}

/** Returns the exact sum, in the format of the first quantity that is not zero. */
export function addQuantities(a: Quantity, b: Quantity): Quantity {
  return { nano: a.nano + b.nano, format: a.nano === 0n ? b.format : a.format };
}

/** Returns a quantity rounded away from zero to a multiple of 10^power. */
export function roundUpQuantity({ nano, format }: Quantity, power: number): Quantity {
  const digits = power + NANO_DIGITS;
  if (digits <= 0) return { nano, format };
  const magnitude = scale(scale(magnitudeOf(nano), -digits), digits);
  return { nano: nano < 0n ? -magnitude : magnitude, format };
}

/** Returns the canonical text: no fraction, and the largest suffix that keeps the number whole. */
export function formatQuantity({ nano, format }: Quantity): string {
  if (nano === 0n) return '0';
  if (format === 'BinarySI' && nano % ONE === 0n && magnitudeOf(nano) >= 1024n * ONE) return formatBinary(nano / ONE);
  const [number, power] = removeThousands(nano, format === 'DecimalExponent' ? MAX_EXPONENT * 2 : 18);
  if (format === 'DecimalExponent') return power === 0 ? `${number}` : `${number}e${power}`;
  return `${number}${suffixOf(DECIMAL_SUFFIXES, power)}`;
}

function formatBinary(whole: bigint): string {
  let number = whole;
  let power = 0;
  for (; power < 60 && number % 1024n === 0n; power += 10) number /= 1024n;
  return `${number}${suffixOf(BINARY_SUFFIXES, power)}`;
}

function removeThousands(nano: bigint, maxPower: number): [bigint, number] {
  let number = nano;
  let power = -NANO_DIGITS;
  for (; power < maxPower && number % 1000n === 0n; power += 3) number /= 1000n;
  return [number, power];
}

function suffixOf(suffixes: ReadonlyMap<string, number>, power: number): string {
  for (const [suffix, meaning] of suffixes) if (meaning === power) return suffix;
  return '';
}

function magnitudeOf(nano: bigint): bigint {
  return nano < 0n ? -nano : nano;
}
