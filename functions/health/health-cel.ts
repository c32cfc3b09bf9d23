import { type CelResult, isCelError, parse, plan } from '@bufbuild/cel';
import type { KubeObject } from '../kube/object.ts';
import { celEngine, meterLoops } from '../template/cel-engine.ts';
import { meter } from '../template/cel-meter.ts';

/** What an expression gave: a value, or why it gave none. */
type Outcome =
  | { readonly value: unknown; readonly failure?: never }
  | { readonly failure: string; readonly value?: never };

type Evaluate = (object: KubeObject) => CelResult;

const programs = new Map<string, Evaluate>();
const maxPrograms = 2000;

/**
 * Returns what a sign or a message of a health rule gives for an object. Numbers are doubles, as for provider-kubernetes. The
 * engine is that of templates, so that what a team wrote cannot keep the process busy.
 */
export function evaluateHealth(source: string, object: KubeObject): Outcome {
  try {
    const evaluate = programs.get(source) ?? compile(source);
    meter.reset();
    const result = evaluate(object);
    if (meter.exhausted) return { failure: meter.complaint };
    return isCelError(result) ? { failure: result.message } : { value: result };
  } catch (error) {
    return { failure: error instanceof Error ? error.message : String(error) };
  }
}

function compile(source: string): Evaluate {
  const { expr } = parse(source);
  if (expr !== undefined) meterLoops(expr);
  const planned = plan(celEngine, expr as NonNullable<typeof expr>);
  const evaluate: Evaluate = (object) => planned({ object } as Parameters<typeof planned>[0]);
  if (programs.size >= maxPrograms) programs.clear();
  programs.set(source, evaluate);
  return evaluate;
}
