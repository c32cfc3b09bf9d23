import { lastEditorAnnotation } from '../../functions/fan-out/read-facts.ts';
import type { ApprovalSpec, Rollout, RolloutProgress, RolloutStatus } from '../../functions/generated/types.ts';
import { isJsonObject, type JsonObject } from '../../functions/kube/json.ts';
import type { KubeObject } from '../../functions/kube/object.ts';

/** An App, ComputeNamespace or Tier, as its rollout goes and as it was asked for. */
export interface Subject {
  readonly composite: KubeObject;
  readonly rollout: Rollout;
  readonly status: RolloutStatus;
  readonly progress: RolloutProgress;
  /** Who changed it last, if that is known. */
  readonly lastEditor?: string;
}

/** The kinds that can be approved of. */
export const approvableKinds = [
  'Tier',
  'ComputeNamespace',
  'App',
] as const satisfies readonly ApprovalSpec['for']['kind'][];

/** Returns a composite as the commands about rollouts see it. */
export function readSubject(composite: KubeObject): Subject {
  const spec = isJsonObject(composite.spec) ? composite.spec : {};
  const status = (composite.status ?? {}) as RolloutStatus;
  const lastEditor = composite.metadata.annotations?.[lastEditorAnnotation];
  return {
    composite,
    rollout: (spec['rollout'] ?? {}) as Rollout,
    status,
    progress: status.rollout ?? { waves: [] },
    ...(lastEditor !== undefined && { lastEditor }),
  };
}

/** A change of `spec.rollout`, and what to say of it when it is made. */
export interface Edit {
  /** Merge patch of spec.rollout: null removes a field. */
  readonly rollout: JsonObject;
  /** Annotations to set. */
  readonly annotations?: { readonly [name: string]: string };
  readonly said: string;
}

/** Returns the merge patch of a composite for a change, with the name of who makes it: who changes something does not approve of it. */
export function patchOf({ rollout, annotations }: Edit, userName: string): JsonObject {
  return { metadata: { annotations: { ...annotations, [lastEditorAnnotation]: userName } }, spec: { rollout } };
}

/** Returns a composite as people name it: `App team/shop`. */
export function titleOf({ composite: { kind, metadata } }: Subject): string {
  return `${kind} ${metadata.namespace ?? ''}/${metadata.name ?? ''}`;
}

/** Returns a composite as it is named on the command line: `app/shop -n team`. */
export function argumentsFor({ composite: { kind, metadata } }: Subject): string {
  return `${kind.toLowerCase()}/${metadata.name ?? ''} -n ${metadata.namespace ?? ''}`;
}

/** Returns the one mistake that prevents a command. */
export function refuse(message: string, hint?: string) {
  return { problems: [hint === undefined ? { path: '', message } : { path: '', message, hint }] };
}
