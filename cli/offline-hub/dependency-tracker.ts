import type { KubeObject } from '../../functions/kube/object.ts';
import { type ListSelector, matches } from './object-index.ts';
import { type ObjectRef, refTo } from './object-ref.ts';

/** Which objects a function asks for: one by name, or all that a list selector finds. */
export interface RequirementSelector extends ListSelector {
  readonly name?: string;
}

/** What a pipeline step asked for under a name. */
export interface Requirement {
  readonly step: string;
  readonly name: string;
  readonly selector: RequirementSelector;
}

interface Tracked {
  readonly composed: ReadonlySet<string>;
  readonly named: ReadonlySet<string>;
  readonly labelled: readonly RequirementSelector[];
  readonly required: readonly Requirement[];
}

/** Remembers what each composite composes and requires, so that a change of it triggers the composite (as core does since v2.4). */
export class DependencyTracker {
  readonly #tracked = new Map<string, Tracked>();

  /** Records the dependencies of a composite, in place of those recorded before. */
  track(composite: string, composed: readonly ObjectRef[], required: readonly Requirement[]): void {
    const selectors = required.map(({ selector }) => selector);
    this.#tracked.set(composite, {
      composed: new Set(composed.map(nameKey)),
      named: new Set(selectors.filter(({ name }) => name !== undefined).map(nameKey)),
      labelled: selectors.filter(({ name }) => name === undefined),
      required,
    });
  }

  forget(composite: string): void {
    this.#tracked.delete(composite);
  }

  /** Returns what a step required when its composite was last tracked. */
  requirements(composite: string, step: string): readonly Requirement[] {
    return this.#tracked.get(composite)?.required.filter((requirement) => requirement.step === step) ?? [];
  }

  /** Returns the composites that depend on an object as it is. */
  dependants(object: KubeObject): string[] {
    const key = nameKey(refTo(object));
    const dependants: string[] = [];
    for (const [composite, { composed, named, labelled }] of this.#tracked) {
      if (composed.has(key) || named.has(key) || labelled.some((selector) => selects(selector, object))) {
        dependants.push(composite);
      }
    }
    return dependants;
  }
}

function selects(selector: RequirementSelector, object: KubeObject): boolean {
  return object.apiVersion === selector.apiVersion && object.kind === selector.kind && matches(selector, object);
}

function nameKey({ apiVersion, kind, namespace = '', name = '' }: Partial<ObjectRef>): string {
  return `${apiVersion}/${kind}/${namespace}/${name}`;
}
