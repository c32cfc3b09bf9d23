import { field, listAt, orderedJson, textAt } from './json-field.ts';

/** Returns the part of a spec that says what runs, not where, how many or how fast: two wishes with the same are the same change. */
export function askedContent(spec: unknown): string {
  const {
    rollout,
    placement: _,
    crossplane: __,
    deletionPolicy: ___,
    freeze: ____,
    ...rest
  } = { ...(spec as object) } as {
    readonly [key: string]: unknown;
  };
  const components = listAt(spec, 'components').map((component) => {
    const { replicas: _, ...others } = component as { readonly replicas?: unknown };
    return others;
  });
  const [attempt, rollbackTo] = [field(rollout, 'attempt'), field(rollout, 'rollbackTo')];
  return orderedJson({ ...rest, components, attempt, rollbackTo });
}

/** Returns the replicas that a spec asks for by component, where they are numbers. */
export function askedReplicas(spec: unknown): { readonly [component: string]: number } {
  return Object.fromEntries(
    listAt(spec, 'components').flatMap((component) => {
      const replicas = field(component, 'replicas') ?? 1;
      return typeof replicas === 'number' ? [[textAt(component, 'name') ?? '', replicas]] : [];
    }),
  );
}

/** Tells whether images are those that a spec asks for; true where that cannot be told from the spec alone. */
export function fitsImages(images: readonly string[], spec: unknown): boolean {
  const asked = [
    ...new Set(listAt(spec, 'components').flatMap((component) => textAt(component, 'image') ?? [])),
  ].sort();
  const isElsewhere = asked.length === 0 || JSON.stringify(listAt(spec, 'overrides')).includes('"image"');
  return isElsewhere || asked.join() === images.join();
}
