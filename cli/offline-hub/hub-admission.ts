import { groupOf, type KubeObject } from '../../functions/kube/object.ts';
import type { Checked, Problem } from '../../functions/kube/problem.ts';
import { applyDefaults, validate } from '../../functions/kube/structural-schema.ts';
import type { AdmissionRules } from './admission-rules.ts';
import { compositeSchema } from './composite-schema.ts';
import { asObject } from './lenient-json.ts';
import { ownerReferences } from './object-ref.ts';
import type { ObjectStore } from './object-store.ts';
import { definitionOf } from './packages.ts';
import type { Refusal } from './refusal.ts';
import { sameJson } from './same-json.ts';
import { RuleChecker, type SkippedRule } from './schema-rules.ts';
import { usageThatRefuses } from './usage-refusal.ts';

/** What the hub's API server checks: the schemas of composites, what provider-kubernetes defaults, and what Usages protect. */
export class HubAdmission implements AdmissionRules {
  readonly #store: () => ObjectStore;
  readonly #missingKinds: ReadonlySet<string>;
  readonly #rules = new RuleChecker();

  /** `missingKinds` are not installed, as `apiVersion/Kind`. */
  constructor(store: () => ObjectStore, missingKinds: readonly string[]) {
    this.#store = store;
    this.#missingKinds = new Set(missingKinds);
  }

  /** The CEL rules met so far that only a real API server evaluates. */
  get skippedRules(): readonly SkippedRule[] {
    return this.#rules.skipped;
  }

  /** Returns why objects of a kind cannot be read or written at all. */
  refuseKind(apiVersion: string, kind: string): Refusal | undefined {
    if (!this.#missingKinds.has(`${apiVersion}/${kind}`)) return undefined;
    return { reason: 'NoKindMatch', message: `no matches for kind "${kind}" in version "${apiVersion}"` };
  }

  admit(object: KubeObject, old: KubeObject | undefined, part: 'main' | 'status'): Checked<KubeObject> {
    const definition = definitionOf(this.#store(), object.apiVersion, object.kind);
    if (definition !== undefined) return this.#admitComposite(definition, object, old, part);
    const problems = [...tooManyControllers(object), ...changedRevision(object, old)];
    return problems.length > 0 ? { problems } : { value: withProviderDefaults(object) };
  }

  refuseWrite({ apiVersion, kind }: KubeObject): Refusal | undefined {
    return this.refuseKind(apiVersion, kind);
  }

  refuseDelete(object: KubeObject): Refusal | undefined {
    return usageThatRefuses(this.#store(), object);
  }

  #admitComposite(
    definition: KubeObject,
    object: KubeObject,
    old: KubeObject | undefined,
    part: 'main' | 'status',
  ): Checked<KubeObject> {
    const schema = compositeSchema(definition, object.apiVersion.slice(groupOf(object.apiVersion).length + 1));
    const value = part === 'main' ? (applyDefaults(schema, object) as KubeObject) : object;
    const problems = [...tooManyControllers(value), ...validate(schema, value, '')];
    if (problems.length === 0) problems.push(...this.#rules.check(schema, value, old, ''));
    return problems.length > 0 ? { problems } : { value };
  }
}

function tooManyControllers(object: KubeObject): Problem[] {
  const controllers = ownerReferences(object).filter((owner) => owner['controller'] === true);
  if (controllers.length < 2) return [];
  const names = controllers.map(({ kind, name }) => `${kind} ${name}`).join(' and ');
  return [
    { path: 'metadata.ownerReferences', message: `only one reference can have controller set to true (got ${names})` },
  ];
}

/** The API server refuses to change the data of a ControllerRevision. */
function changedRevision(object: KubeObject, old: KubeObject | undefined): Problem[] {
  if (object.kind !== 'ControllerRevision' || old === undefined || sameJson(object['data'], old['data'])) return [];
  return [{ path: 'data', message: 'field is immutable' }];
}

/** The defaults in the CustomResourceDefinition of provider-kubernetes' namespaced Object. */
function withProviderDefaults(object: KubeObject): KubeObject {
  if (object.kind !== 'Object' || groupOf(object.apiVersion) !== 'kubernetes.m.crossplane.io') return object;
  const spec = asObject(object.spec);
  const { readiness, managementPolicies, providerConfigRef } = spec;
  const isComplete =
    managementPolicies !== undefined && providerConfigRef !== undefined && asObject(readiness)['policy'] !== undefined;
  if (isComplete) return object;
  const defaults = {
    managementPolicies: ['*'],
    providerConfigRef: { kind: 'ClusterProviderConfig', name: 'default' },
  };
  const policy = { policy: 'SuccessfulCreate', ...asObject(readiness) };
  return { ...object, spec: { ...defaults, ...spec, readiness: policy } };
}
