import type { AssignmentSliceSpec, AssignmentSliceStatus, AssignmentStatus } from '../../functions/generated/types.ts';
import type { KubeObject } from '../../functions/kube/object.ts';
import type { OfflineHub } from '../offline-hub/hub.ts';

/** A cluster that did not get healthy with a Revision, and what its objects said of it last. */
export interface RecordedFailure {
  readonly cluster: string;
  /** Name of the Revision. */
  readonly revision: string;
  readonly phase: AssignmentStatus['phase'];
  readonly message: string;
  /** When it was first seen, in virtual milliseconds. */
  readonly at: number;
}

const unwell: readonly AssignmentStatus['phase'][] = ['Failed', 'Unhealthy', 'Unreachable'];

/** Watches the slices of a hub and tells which clusters did not get healthy with what they were given, and why: a rollback takes both away from every status. */
export class FailureRecorder {
  readonly #failures = new Map<string, RecordedFailure & { readonly owner: string }>();

  constructor({ store, clock }: OfflineHub) {
    store.watch(({ type, object }) => {
      if (object.kind !== 'AssignmentSlice' || type === 'Deleted') return;
      const { assignments = [] } = (object.status ?? {}) as AssignmentSliceStatus;
      for (const report of assignments) this.#note(ownerKey(object), report, clock.milliseconds);
    });
  }

  /** Returns the failures of one composite, in order of time. */
  failuresOf(kind: string, namespace: string, name: string): readonly RecordedFailure[] {
    return [...this.#failures.values()]
      .filter(({ owner }) => owner === `${kind}/${namespace}/${name}`)
      .map(({ owner: _, ...failure }) => failure)
      .sort((a, b) => a.at - b.at || (a.cluster < b.cluster ? -1 : 1));
  }

  #note(owner: string, { cluster, revision, phase, messages }: AssignmentStatus, now: number): void {
    const key = `${owner} ${revision} ${cluster}`;
    const [message] = messages;
    if (phase === 'Healthy') this.#failures.delete(key);
    else if (message !== undefined && unwell.includes(phase))
      this.#failures.set(key, { owner, cluster, revision, phase, message, at: this.#failures.get(key)?.at ?? now });
  }
}

function ownerKey({ metadata, spec }: KubeObject): string {
  const { owner } = spec as AssignmentSliceSpec;
  return `${owner.kind}/${metadata.namespace ?? ''}/${owner.name}`;
}
