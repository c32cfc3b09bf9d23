import {
  checkLabelRequirement,
  type LabelRequirement,
  type RequirementOperator,
} from '../../functions/kube/label-requirement.ts';
import type { Checked, Problem } from '../../functions/kube/problem.ts';

type Token = { readonly text: string; readonly position: number };

const SYMBOLS: ReadonlyMap<string, RequirementOperator> = new Map([
  ['=', '='],
  ['==', '='],
  ['!=', '!='],
  ['>', '>'],
  ['<', '<'],
]);

/**
 * Returns the requirements that a selector text such as `app=web,tier in (a,b),!legacy,cores>3` stands for, sorted by
 * key, their values sorted (grammar of k8s.io/apimachinery labels). Refuses a text that is not of this grammar, and
 * requirements that could never be met.
 */
export function parseLabelSelector(text: string): Checked<readonly LabelRequirement[]> {
  const reader = new TokenReader(text);
  const requirements: LabelRequirement[] = [];
  if (!reader.atEnd()) requirements.push(readRequirement(reader));
  while (reader.skip(',')) requirements.push(readRequirement(reader));
  reader.expectEnd();
  if (reader.problem !== undefined) return { problems: [reader.problem] };
  const problems = requirements.flatMap((requirement) => checkLabelRequirement(requirement, requirement.key));
  if (problems.length > 0) return { problems };
  return { value: requirements.toSorted((a, b) => compare(a.key, b.key)) };
}

/** Returns the text of requirements, in the form that `parseLabelSelector` reads. */
export function formatLabelSelector(requirements: readonly LabelRequirement[]): string {
  return requirements.map(formatRequirement).join(',');
}

function formatRequirement({ key, operator, values }: LabelRequirement): string {
  switch (operator) {
    case 'exists':
      return key;
    case 'notExists':
      return `!${key}`;
    case 'in':
    case 'notIn':
      return `${key} ${operator.toLowerCase()} (${values.join(',')})`;
    default:
      return `${key}${operator}${values[0] ?? ''}`;
  }
}

function readRequirement(reader: TokenReader): LabelRequirement {
  if (reader.skip('!')) return { key: reader.word('a label key'), operator: 'notExists', values: [] };
  const key = reader.word('a label key');
  if (reader.atEnd() || reader.sees(',')) return { key, operator: 'exists', values: [] };
  if (reader.skip('in')) return { key, operator: 'in', values: readValueList(reader) };
  if (reader.skip('notin')) return { key, operator: 'notIn', values: readValueList(reader) };
  const operator = reader.operator();
  const empty = reader.atEnd() || reader.sees(',');
  return { key, operator, values: [empty ? '' : reader.word('a value')] };
}

/** Reads `(a,b)`; an item may be empty, so that `()` is the one empty value. */
function readValueList(reader: TokenReader): string[] {
  reader.expect('(');
  const values = new Set<string>();
  do {
    values.add(reader.sees(',') || reader.sees(')') ? '' : reader.word('a value'));
  } while (reader.skip(','));
  reader.expect(')');
  return [...values].sort(compare);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

/** Reads a text token by token. The first mistake is kept as its problem; after it there is nothing more to read. */
class TokenReader {
  problem: Problem | undefined;
  readonly #text: string;
  readonly #tokens: readonly Token[];
  #next = 0;

  constructor(text: string) {
    this.#text = text;
    this.#tokens = [...text.matchAll(/[=!<>(),]=?|[^=!<>(),\s]+/g)].flatMap(({ 0: token, index }) =>
      split(token, index),
    );
  }

  atEnd(): boolean {
    return this.#next >= this.#tokens.length;
  }

  sees(text: string): boolean {
    return this.#tokens[this.#next]?.text === text;
  }

  skip(text: string): boolean {
    const found = this.sees(text);
    if (found) this.#next++;
    return found;
  }

  expect(text: string): void {
    if (!this.skip(text)) this.#refuse(`"${text}"`);
  }

  expectEnd(): void {
    if (!this.atEnd()) this.#refuse('"," or the end');
  }

  word(meaning: string): string {
    const token = this.#tokens[this.#next];
    if (token === undefined || /^[=!<>(),]/.test(token.text)) return this.#refuse(meaning);
    this.#next++;
    return token.text;
  }

  operator(): RequirementOperator {
    const operator = SYMBOLS.get(this.#tokens[this.#next]?.text ?? '');
    if (operator === undefined) this.#refuse('an operator');
    this.#next++;
    return operator ?? '=';
  }

  #refuse(wanted: string): '' {
    const token = this.#tokens[this.#next];
    const got = token === undefined ? 'the end' : `"${token.text}" at character ${token.position + 1}`;
    this.problem ??= { path: '', message: `"${this.#text}" is not a label selector: expected ${wanted}, got ${got}` };
    this.#next = this.#tokens.length;
    return '';
  }
}

/** Only `==` and `!=` are tokens of two symbols; any other pair, such as `>=`, is two tokens. */
function split(token: string, position: number): readonly Token[] {
  if (!/^[<>(),]=$/.test(token)) return [{ text: token, position }];
  return [
    { text: token.charAt(0), position },
    { text: '=', position: position + 1 },
  ];
}
