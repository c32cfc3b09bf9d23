import type { Boundary } from '../boundary/boundary.ts';
import type { PlacementContext } from '../cluster-selector/placement-context.ts';
import type { FanOutInput, Freeze, Override, Rollout, RolloutFloor } from '../generated/types.ts';
import { readFieldPath } from '../kube/field-path.ts';
import { isJsonList, isJsonObject, type Json } from '../kube/json.ts';
import type { KubeObject } from '../kube/object.ts';
import type { Checked } from '../kube/problem.ts';
import { overlay } from './policy/rollout-policy.ts';

/** What FanOut reads from a composite by the field paths of its input. */
export interface Settings {
  readonly boundary: Boundary;
  readonly overrides: readonly Override[];
  readonly rollout: Rollout;
  /** What the Tiers of its clusters ask of every rollout at least; the composite's own rollout cannot take it away. */
  readonly floors: readonly RolloutFloor[];
  readonly isProtected: boolean;
  /** The freeze of the Tier that the composite belongs to, or is. */
  readonly freeze?: Freeze;
}

/** What the step input of a FanOut says. */
export type FanOutSettings = NonNullable<FanOutInput['spec']>;

/**
 * Returns the settings of a composite; what it does not say itself comes from its Tier's policy, else from safe defaults.
 * Refuses one whose namespace in the clusters cannot be told, unless nothing may change this time anyway.
 */
export function readSettings(
  input: FanOutSettings,
  composite: KubeObject,
  { placement, namespace, policy, floors = [] }: PlacementContext,
): Checked<Settings> {
  const read = (path: string | undefined, otherwise: string) => readFieldPath(composite, path ?? otherwise);
  const known = namespace ?? asText(read(input.namespaceFieldPath, ''));
  const boundary = boundaryOf(input, known ?? (placement.mode === 'KeepLastGood' ? '' : undefined), policy);
  if (boundary.problems !== undefined) return boundary;
  const overrides = read(input.overridesFieldPath, 'spec.overrides');
  const rollout = read(input.rolloutFieldPath, 'spec.rollout');
  const { required: floor, ...defaults } = policy?.rollout ?? {};
  const deletionPolicy =
    read(input.deletionPolicyFieldPath, 'spec.deletionPolicy') ?? policy?.deletionPolicy ?? 'Protect';
  return {
    value: {
      boundary: boundary.value,
      overrides: (isJsonList(overrides) ? overrides : []) as readonly Override[],
      rollout: overlay<Rollout>(defaults, isJsonObject(rollout) ? (rollout as Rollout) : {}),
      floors: [...(floor === undefined ? [] : [floor]), ...floors],
      isProtected: deletionPolicy !== 'Delete',
      ...(policy?.freeze !== undefined && { freeze: policy.freeze }),
    },
  };
}

function boundaryOf(
  { scope }: FanOutSettings,
  namespace: string | undefined,
  policy: PlacementContext['policy'],
): Checked<Boundary> {
  if (scope === 'Cluster') return { value: { scope: 'Cluster' } };
  if (namespace !== undefined)
    return { value: { scope: 'Namespace', namespace, ...(policy !== undefined && { policy }) } };
  return {
    problems: [
      {
        path: 'input.spec',
        message: 'says neither scope: Cluster nor which namespace the manifests belong to',
        hint: 'select clusters by a ComputeNamespace, or set namespaceFieldPath to a field of the composite',
      },
    ],
  };
}

function asText(value: Json | undefined): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
