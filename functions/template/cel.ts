import { type CelInput, type CelResult, isCelError, parse, plan } from '@bufbuild/cel';
import type { Json, JsonObject } from '../kube/json.ts';
import type { Checked, Problem } from '../kube/problem.ts';
import { checkExpression } from './cel-check.ts';
import { celEngine, meterLoops } from './cel-engine.ts';
import { explainFailure } from './cel-failure.ts';
import { meter } from './cel-meter.ts';
import { admitReserved, parserName, userWords } from './cel-reserved.ts';
import type { Expr } from './cel-syntax.ts';
import { nestingDepth } from './cel-text.ts';
import { fromCelValue, toCelValue } from './cel-values.ts';

/** Longest source of an expression, in characters. */
export const MAX_SOURCE_LENGTH = 1024;

/** Deepest brackets of an expression: the engine's parser recurses. */
export const MAX_NESTING = 64;

const MAX_CACHED = 2000;

/** An expression that can be evaluated any number of times. */
export interface Program {
  /** Returns what the expression gives for these variables, as JSON. Refuses what has no JSON form, and evaluations that take too long. */
  evaluate(variables: JsonObject): Checked<Json>;
}

const programs = new Map<string, Checked<Program>>();

/**
 * Returns the program of a CEL expression over the variables named, or all that is wrong with it. The language is CEL with
 * its strings extension, evaluated by `@bufbuild/cel`: regular expressions are RE2, and nothing is reached through
 * prototypes. Whole JSON numbers are int. Unlike in CEL, `namespace` may be a variable.
 */
export function compileCel(source: string, variables: readonly string[]): Checked<Program> {
  const key = `${variables.join(',')}:${source}`;
  const known = programs.get(key);
  if (known !== undefined) return known;
  if (programs.size >= MAX_CACHED) programs.clear();
  const program = compile(source, variables);
  programs.set(key, program);
  return program;
}

function compile(source: string, variables: readonly string[]): Checked<Program> {
  const parsed = parseBounded(source);
  if (parsed.problems !== undefined) return parsed;
  const expression = parsed.value;
  const problems = checkExpression(expression, variables.map(parserName));
  if (problems.length > 0) return { problems: problems.map(inUserWords) };
  meterLoops(expression);
  const evaluate = plan(celEngine, expression);
  return { value: { evaluate: (given) => run(expression, evaluate, bind(variables, given)) } };
}

function parseBounded(source: string): Checked<Expr> {
  if (source.length > MAX_SOURCE_LENGTH) {
    return refuse(`is longer than ${MAX_SOURCE_LENGTH} characters (${source.length})`);
  }
  const depth = nestingDepth(source);
  if (depth > MAX_NESTING) return refuse(`has brackets nested deeper than ${MAX_NESTING} levels (${depth})`);
  try {
    return { value: parse(admitReserved(source)).expr };
  } catch (error) {
    return refuse(`is not CEL: ${describeSyntaxError(error)}`);
  }
}

function refuse(message: string): { problems: [{ path: string; message: string }] } {
  return { problems: [{ path: '', message }] };
}

/** Returns the parser's words; it writes them as `<input>:line:column: words`. */
function describeSyntaxError(error: unknown): string {
  const words = error instanceof Error ? error.message : String(error);
  const [, line, column, reason] = /^<input>:(\d+):(\d+): (.*)$/s.exec(words) ?? [];
  return reason === undefined ? words : `${reason} (line ${line}, column ${column})`;
}

function inUserWords({ path, message, hint }: Problem): Problem {
  return hint === undefined
    ? { path, message: userWords(message) }
    : { path, message: userWords(message), hint: userWords(hint) };
}

/** Returns the variables of an expression under the names that the parser knows them by. */
function bind(names: readonly string[], given: JsonObject): JsonObject {
  const bound: { [name: string]: Json | undefined } = {};
  for (const name of names) if (Object.hasOwn(given, name)) bound[parserName(name)] = given[name];
  return bound;
}

type Evaluate = (variables: { [name: string]: CelInput }) => CelResult;

function run(expression: Expr, evaluate: Evaluate, variables: JsonObject): Checked<Json> {
  const bindings: { [name: string]: CelInput } = {};
  for (const [name, value] of Object.entries(variables)) if (value !== undefined) bindings[name] = toCelValue(value);
  meter.reset();
  const result = evaluate(bindings);
  if (meter.exhausted) return refuse(meter.complaint);
  if (!isCelError(result)) return fromCelValue(result);
  return { problems: [inUserWords(explainFailure(result.message, expression, variables))] };
}
