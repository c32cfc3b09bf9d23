import { dividedTotal } from '../cluster-selector/divided-total.ts';
import type { Component } from '../generated/types.ts';
import type { Json, JsonObject } from '../kube/json.ts';
import { countHole, type ShareLimit, shareHole, zeroHole } from '../template/replica-holes.ts';
import type { AppPart } from './app-part.ts';

/** Tells whether the clusters share what a component states. */
export function isShared({ app, component }: AppPart): boolean {
  return app.isDivided === true && dividedTotal(component as JsonObject) !== undefined;
}

/** Returns an object with some of its fields divided, where they are numbers that the clusters of a component share; 0 is 0 everywhere, and holes and percentages stay. */
export function divideFields<Fields extends JsonObject>(
  part: AppPart,
  fields: Fields,
  limits: { readonly [field in keyof Fields & string]?: ShareLimit },
): JsonObject {
  if (!isShared(part)) return fields;
  const entries = Object.entries(fields).map(([field, value]): [string, Json | undefined] => {
    const limit = limits[field];
    const isDivided = limit !== undefined && typeof value === 'number' && value > 0;
    return [field, isDivided ? shareHole(part.component.name, value, limit) : value];
  });
  return Object.fromEntries(entries);
}

/**
 * Returns the fields of a Job with its pods divided: those that must succeed are shared, and at least one of them runs at a
 * time. Where only those are stated that run at once they are shared, and a cluster that gets none has nothing to do.
 */
export function divideJob(part: AppPart, fields: JsonObject): JsonObject {
  if (!isShared(part)) return fields;
  const { name, completions }: Component = part.component;
  if (typeof completions !== 'number') return { ...fields, completions: zeroHole(name), parallelism: countHole(name) };
  return { ...divideFields(part, fields, { parallelism: 'AtLeastOne' }), completions: countHole(name) };
}
