import { skipStringLiteral } from './cel-text.ts';

/** The word CEL reserves without a use for it, and what the parser is given instead: of the same length, so that places in messages hold. */
const RESERVED = 'namespace';
const STAND_IN = 'namespac_';

/** Returns a source in which the variable `namespace` is spelled as the parser takes it; fields such as `app.namespace` and texts stay. */
export function admitReserved(source: string): string {
  let admitted = '';
  let position = 0;
  while (position < source.length) {
    const quote = source.slice(position).search(/['"]/);
    const literal = quote === -1 ? source.length : position + quote;
    const after = quote === -1 ? source.length : skipStringLiteral(source, literal);
    admitted += source.slice(position, literal).replaceAll(/(?<!\w|\.\s*)namespace(?!\w)/g, STAND_IN);
    admitted += source.slice(literal, after);
    position = after;
  }
  return admitted;
}

/** Returns the name that the parser knows a variable by. */
export function parserName(variable: string): string {
  return variable === RESERVED ? STAND_IN : variable;
}

/** Returns words of the engine with the variable `namespace` as its user spells it. */
export function userWords(words: string): string {
  return words.replaceAll(STAND_IN, RESERVED);
}
