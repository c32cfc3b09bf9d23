import { isJsonObject, type Json, type JsonObject } from '../kube/json.ts';
import type { HealthRule } from './health-rule.ts';
import { allOf, fieldIs, isTrue } from './signs.ts';

/** What a rule may say beyond its conditions or its phase. */
type More = Partial<Omit<HealthRule, 'group' | 'kind'>>;

/** Returns rules for kinds that are healthy when all of some conditions are True, `Ready` when none is named. */
export function byConditions(
  group: string,
  kinds: readonly string[],
  types: readonly string[] = ['Ready'],
  more: More = {},
): readonly HealthRule[] {
  const conditions = types.map((type) => ({ type, status: 'True', reason: type }));
  const rule = {
    healthy: allOf(...types.map((type) => isTrue(type))),
    tells: types,
    healthyStatus: () => ({ conditions }),
    ...more,
  };
  return kinds.map((kind) => ({ group, kind, ...rule }));
}

/** Values of a field that tell health; all others are on their way. */
type Phases = { readonly healthy: readonly string[]; readonly failed?: readonly string[] };

/** Returns rules for kinds whose health is told by the value of one field. */
export function byPhase(
  group: string,
  kinds: readonly string[],
  path: string,
  { healthy, failed = [] }: Phases,
  more: More = {},
): readonly HealthRule[] {
  const rule = {
    healthy: fieldIs(path, ...healthy),
    ...(failed.length > 0 && { failed: fieldIs(path, ...failed) }),
    healthyStatus: () => statusWith(path, healthy[0] ?? ''),
    ...more,
    tells: [...(more.tells ?? []), path],
  };
  return kinds.map((kind) => ({ group, kind, ...rule }));
}

/** Returns rules for kinds that have nothing to be unwell about: healthy when applied. */
export function withoutHealth(group: string, kinds: readonly string[]): readonly HealthRule[] {
  return kinds.map((kind) => ({ group, kind, healthy: 'true', ownHealth: false }));
}

/** Returns a status in which one field, given by its path from the object, has a value. */
export function statusWith(path: string, value: Json): JsonObject {
  const [, ...names] = path.split('.');
  const made = names.reduceRight<Json>((inner, name) => ({ [name]: inner }), value);
  return isJsonObject(made) ? made : {};
}
