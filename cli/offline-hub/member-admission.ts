import type { KubeObject, ObjectMeta } from '../../functions/kube/object.ts';
import type { Checked } from '../../functions/kube/problem.ts';
import type { AdmissionRules } from './admission-rules.ts';
import { isNamespacedKind } from './kind-scope.ts';
import { asObject } from './lenient-json.ts';
import type { ObjectStore } from './object-store.ts';
import type { Refusal } from './refusal.ts';

/** Keeps a Namespace until its content is gone; a real one has it in `spec.finalizers`. */
export const namespaceFinalizer = 'kubernetes';

/** What a member's API server checks and fills in: namespaces must exist, and a few defaults that controllers rely on. */
export class MemberAdmission implements AdmissionRules {
  readonly #store: () => ObjectStore;
  readonly #missingKinds: ReadonlySet<string>;
  #services = 0;

  constructor(store: () => ObjectStore, missingKinds: readonly string[]) {
    this.#store = store;
    this.#missingKinds = new Set(missingKinds);
  }

  /** Returns why objects of a kind cannot be read or written at all. */
  refuseKind(apiVersion: string, kind: string): Refusal | undefined {
    if (!this.#missingKinds.has(`${apiVersion}/${kind}`)) return undefined;
    return { reason: 'NoKindMatch', message: `no matches for kind "${kind}" in version "${apiVersion}"` };
  }

  admit(object: KubeObject, old: KubeObject | undefined, part: 'main' | 'status'): Checked<KubeObject> {
    if (part === 'status') return { value: object };
    const problems = old === undefined ? [] : immutablePaths(object, old);
    if (problems.length > 0) return { problems: problems.map((path) => ({ path, message: 'field is immutable' })) };
    return { value: this.#withDefaults(object, old) };
  }

  refuseWrite(object: KubeObject, old: KubeObject | undefined): Refusal | undefined {
    const refusal = this.refuseKind(object.apiVersion, object.kind);
    if (refusal !== undefined || old !== undefined || !isNamespacedKind(object.apiVersion, object.kind)) return refusal;
    const { name = '', namespace } = object.metadata;
    if (namespace === undefined)
      return { reason: 'BadRequest', message: 'an empty namespace may not be set when a resource name is provided' };
    const home = this.#store().get({ apiVersion: 'v1', kind: 'Namespace', name: namespace });
    if (home === undefined) return { reason: 'NotFound', message: `namespaces "${namespace}" not found` };
    if (home.metadata.deletionTimestamp === undefined) return undefined;
    const because = `unable to create new content in namespace ${namespace} because it is being terminated`;
    return { reason: 'Forbidden', message: `${object.kind} "${name}" is forbidden: ${because}` };
  }

  refuseDelete(): undefined {
    return undefined;
  }

  #withDefaults(object: KubeObject, old: KubeObject | undefined): KubeObject {
    const spec = asObject(object.spec);
    switch (object.kind) {
      case 'Namespace': {
        const labels = { ...object.metadata.labels, 'kubernetes.io/metadata.name': object.metadata.name ?? '' };
        const metadata: ObjectMeta = {
          ...object.metadata,
          labels,
          ...(old === undefined && { finalizers: [namespaceFinalizer] }),
        };
        return { ...object, metadata, status: object.status ?? { phase: 'Active' } };
      }
      case 'Deployment':
      case 'StatefulSet':
        return { ...object, spec: { replicas: 1, ...spec } };
      case 'Job':
        return { ...object, spec: { completions: 1, parallelism: 1, ...spec } };
      case 'Service': {
        const clusterIP = asObject(old?.spec)['clusterIP'] ?? this.#nextAddress();
        return { ...object, spec: { type: 'ClusterIP', clusterIP, ...spec } };
      }
      default:
        return object;
    }
  }

  #nextAddress(): string {
    this.#services++;
    return `10.96.${this.#services >> 8}.${this.#services & 255}`;
  }
}

/** Fields that the built-in kinds do not let anyone change; a change of them is refused as it is by a real cluster. */
const immutable: { readonly [kind: string]: readonly string[] } = {
  DaemonSet: ['selector'],
  Deployment: ['selector'],
  Job: ['selector', 'template', 'completions'],
  PersistentVolumeClaim: ['accessModes', 'storageClassName', 'volumeMode'],
  StatefulSet: ['selector', 'serviceName', 'volumeClaimTemplates', 'podManagementPolicy'],
};

function immutablePaths({ kind, spec }: KubeObject, old: KubeObject): string[] {
  const [next, before] = [asObject(spec), asObject(old.spec)];
  const fields = Object.hasOwn(immutable, kind) ? (immutable[kind] ?? []) : [];
  return fields
    .filter((field) => before[field] !== undefined && next[field] !== before[field])
    .map((field) => `spec.${field}`);
}
