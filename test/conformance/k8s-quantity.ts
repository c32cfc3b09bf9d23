import type { Json } from '../../functions/kube/json.ts';
import {
  compareQuantities,
  formatQuantity,
  parseQuantity,
  type Quantity,
  roundUpQuantity,
} from '../../functions/kube/quantity.ts';
import type { Family } from './family.ts';

type Question =
  | { op: 'parse' | 'parseWide' | 'canonical'; text: string }
  | { op: 'compare'; a: string; b: string }
  | { op: 'roundUp'; text: string; scale: number };

/** Amounts: their exact values, their texts, their order and their rounding. */
export const k8sQuantity: Family = {
  name: 'k8s-quantity',
  answer: (input) => answer(input as unknown as Question),
};

function answer(question: Question): Json {
  switch (question.op) {
    case 'parse': {
      const quantity = parse(question.text);
      return quantity === undefined ? { error: true } : { value: decimal(quantity), format: quantity.format };
    }
    case 'parseWide': {
      const quantity = known(question.text);
      return { value: decimal(quantity), canonical: formatQuantity(quantity) };
    }
    case 'canonical':
      return { text: formatQuantity(known(question.text)) };
    case 'compare':
      return { sign: compareQuantities(known(question.a), known(question.b)) };
    case 'roundUp': {
      const quantity = known(question.text);
      const rounded = roundUpQuantity(quantity, question.scale);
      return { value: decimal(rounded), exact: rounded.nano === quantity.nano };
    }
  }
}

function parse(text: string): Quantity | undefined {
  const parsed = parseQuantity(text);
  return parsed.problems === undefined ? parsed.value : undefined;
}

function known(text: string): Quantity {
  const quantity = parse(text);
  if (quantity === undefined) throw new Error(`"${text}" is no quantity`);
  return quantity;
}

/** Returns an amount as a decimal number without exponent. */
function decimal({ nano }: Quantity): string {
  const digits = String(nano < 0n ? -nano : nano).padStart(10, '0');
  const fraction = digits.slice(-9).replace(/0+$/, '');
  return `${nano < 0n ? '-' : ''}${digits.slice(0, -9)}${fraction === '' ? '' : `.${fraction}`}`;
}
