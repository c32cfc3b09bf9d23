import { type CelEnv, celEnv, celError, isCelError, parse, plan } from '@bufbuild/cel';
import { strings } from '@bufbuild/cel/ext';
import { isJsonList, isJsonObject, type Json, type JsonObject } from '../../functions/kube/json.ts';
import type { Problem } from '../../functions/kube/problem.ts';
import type { StructuralSchema } from '../../functions/kube/structural-schema.ts';
import { toCelValue } from './schema-cel-value.ts';

/** A schema as an XRD has it: with CEL rules. */
export type RuledSchema = StructuralSchema & { readonly 'x-kubernetes-validations'?: readonly Rule[] };

/** One x-kubernetes-validations entry. */
export interface Rule {
  readonly rule: string;
  readonly message?: string;
  readonly messageExpression?: string;
  readonly fieldPath?: string;
}

/** A rule that only a real API server evaluates, because it calls functions that are not there here. */
export interface SkippedRule {
  readonly rule: string;
  readonly reason: string;
}

/** Evaluates the CEL rules of schemas and remembers those that it could not. */
export class RuleChecker {
  readonly #environment: CelEnv = celEnv({ funcs: [...strings] });
  readonly #programs = new Map<string, (bindings: { [name: string]: unknown }) => unknown>();
  readonly #skipped = new Map<string, string>();
  readonly #ruled = new WeakMap<StructuralSchema, boolean>();

  /** The rules met so far that were not evaluated. */
  get skipped(): readonly SkippedRule[] {
    return [...this.#skipped].map(([rule, reason]) => ({ rule, reason }));
  }

  /** Returns the problems that the rules of a schema, and of all below it, find in a value; `old` is what it replaces. */
  check(schema: RuledSchema, value: Json, old: Json | undefined, path: string): Problem[] {
    if (!this.#hasRules(schema)) return [];
    const problems = (schema['x-kubernetes-validations'] ?? []).flatMap((rule) =>
      this.#evaluate(rule, schema, value, old, path),
    );
    if (isJsonObject(value)) {
      for (const [name, member] of Object.entries(value)) {
        const known = schema.properties?.[name] ?? schema.additionalProperties;
        if (known === undefined || member === undefined) continue;
        const before = isJsonObject(old) ? old[name] : undefined;
        problems.push(...this.check(known, member, before, path === '' ? name : `${path}.${name}`));
      }
    } else if (isJsonList(value) && schema.items !== undefined) {
      const { items } = schema;
      const before = correlate(schema, old);
      for (const [index, item] of value.entries())
        problems.push(...this.check(items, item, before(item), `${path}[${index}]`));
    }
    return problems;
  }

  #evaluate(rule: Rule, schema: StructuralSchema, value: Json, old: Json | undefined, path: string): Problem[] {
    const isTransition = /\boldSelf\b/.test(rule.rule);
    if (isTransition && old === undefined) return [];
    const self = toCelValue(schema, value);
    const bindings = isTransition ? { self, oldSelf: toCelValue(schema, old ?? null) } : { self };
    const result = this.#run(rule.rule, bindings);
    if (result === true || this.#skipped.has(rule.rule)) return [];
    const where = rule.fieldPath === undefined ? path : `${path}${rule.fieldPath}`;
    if (isCelError(result)) return [{ path: where, message: `rule error: ${result.message}: ${rule.rule}` }];
    const composed = rule.messageExpression === undefined ? undefined : this.#run(rule.messageExpression, bindings);
    const message = typeof composed === 'string' ? composed : (rule.message ?? `failed rule: ${rule.rule}`);
    return [{ path: where, message }];
  }

  #run(source: string, bindings: { [name: string]: unknown }): unknown {
    try {
      const known = this.#programs.get(source);
      const program =
        known ?? (plan(this.#environment, parse(source)) as (bindings: { [name: string]: unknown }) => unknown);
      if (known === undefined) this.#programs.set(source, program);
      const result = program(bindings);
      if (isCelError(result) && /^unbound function/.test(result.message)) this.#skipped.set(source, result.message);
      return result;
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      this.#skipped.set(source, reason);
      return celError(reason);
    }
  }

  #hasRules(schema: RuledSchema): boolean {
    const known = this.#ruled.get(schema);
    if (known !== undefined) return known;
    const below = [...Object.values(schema.properties ?? {}), schema.additionalProperties, schema.items];
    const has =
      (schema['x-kubernetes-validations'] ?? []).length > 0 ||
      below.some((child) => child !== undefined && this.#hasRules(child));
    this.#ruled.set(schema, has);
    return has;
  }
}

/** Items of a list have a past only where the schema says what tells them apart. */
function correlate(schema: StructuralSchema, old: Json | undefined): (item: Json) => Json | undefined {
  const keys = schema['x-kubernetes-list-map-keys'];
  if (keys === undefined || !isJsonList(old)) return () => undefined;
  const identity = (item: Json): string => JSON.stringify(keys.map((key) => (item as JsonObject)[key] ?? null));
  const before = new Map(old.filter(isJsonObject).map((item) => [identity(item), item]));
  return (item) => (isJsonObject(item) ? before.get(identity(item)) : undefined);
}
