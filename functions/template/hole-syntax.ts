import type { Checked, Problem } from '../kube/problem.ts';
import { nextDelimiter, skipStringLiteral } from './cel-text.ts';

/** A piece of a string: text as it stands, or the expression of a hole. */
export type Part = string | { readonly expression: string };

/** Tells whether a string holds a hole or an escaped one; cheap, for the many strings that do not. */
export function mayHaveHoles(text: string): boolean {
  return text.includes('${');
}

/**
 * Returns the parts of a string: `${ CEL }` is a hole, `$${` a literal `${`. Braces and quotes inside a hole are those of
 * CEL, so that `${"}"}` is one hole. Refuses a hole that is empty or never closed.
 */
export function parseHoles(text: string): Checked<readonly Part[]> {
  const parts: Part[] = [];
  let literal = '';
  let position = 0;
  for (let open = text.indexOf('${'); open !== -1; open = text.indexOf('${', position)) {
    literal += text.slice(position, open);
    if (text.charAt(open - 1) === '$') {
      literal = `${literal.slice(0, -1)}\${`;
      position = open + 2;
      continue;
    }
    const close = endOfHole(text, open + 2);
    if (close === -1)
      return refuse(`the hole opened at character ${open + 1} is never closed`, 'for a literal ${ write $${');
    const expression = text.slice(open + 2, close).trim();
    if (expression === '') return refuse(`the hole at character ${open + 1} is empty`, 'for a literal ${} write $${}');
    if (literal !== '') parts.push(literal);
    parts.push({ expression });
    literal = '';
    position = close + 1;
  }
  literal += text.slice(position);
  if (literal !== '' || parts.length === 0) parts.push(literal);
  return { value: parts };
}

/** Returns the position of the brace that closes a hole, or -1. */
function endOfHole(text: string, start: number): number {
  let depth = 0;
  for (let at = nextDelimiter(text, start); at !== -1; ) {
    const delimiter = text.charAt(at);
    let after = at + 1;
    if (delimiter === "'" || delimiter === '"') after = skipStringLiteral(text, at);
    else if (delimiter === '{') depth++;
    else if (delimiter === '}' && depth-- === 0) return at;
    at = nextDelimiter(text, after);
  }
  return -1;
}

function refuse(message: string, hint: string): { problems: [Problem] } {
  return { problems: [{ path: '', message, hint }] };
}

/** Returns a hole as messages show it: whole, or cut to what a line can bear. */
export function holeText(expression: string): string {
  return `\${${expression.length > 100 ? `${expression.slice(0, 100)}…` : expression}}`;
}
