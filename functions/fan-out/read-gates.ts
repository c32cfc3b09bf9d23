import { isApprovalFor } from '../approvals/approval-subject.ts';
import type { NamespacedName } from '../clusters/cluster-facts.ts';
import type { AndonCordSpec, ApprovalSpec, Freeze } from '../generated/types.ts';
import { checkLabelSelector, matchesLabelSelector } from '../kube/label-selector.ts';
import type { KubeObject } from '../kube/object.ts';
import type { FunctionRequest, Instant, ResourceSelector } from '../runtime/composition-function.ts';
import { crossplyApiVersion } from '../runtime/validate-request.ts';
import type { Brake } from './gate/moves.ts';
import type { GivenApproval } from './gate/read-consent.ts';

const approvalsKey = 'approvals';
const cordsKey = 'andon-cords';

/** Returns what core must supply so that the gate knows what people say: all Approvals of the composite's namespace, all AndonCords. */
export function gateRequirements({ metadata }: KubeObject): { readonly [name: string]: ResourceSelector } {
  const all = { labels: {} };
  return {
    [approvalsKey]: {
      ...{ apiVersion: crossplyApiVersion, kind: 'Approval', match: all },
      ...(metadata.namespace !== undefined && { namespace: metadata.namespace }),
    },
    [cordsKey]: { apiVersion: crossplyApiVersion, kind: 'AndonCord', match: all },
  };
}

/** What may stop a composite: its own pause, its Tier's freeze, and cords in whose scope it is. */
export type BrakeFacts = {
  readonly composite: KubeObject;
  readonly tier?: NamespacedName;
  readonly freeze?: Freeze;
  readonly paused?: boolean;
};

/** Returns what stops a composite now, cords first. While the cords are not known yet, everything stands still. */
export function readBrakes(
  { composite, tier, freeze, paused }: BrakeFacts,
  required: FunctionRequest['required'],
  now: Instant,
): readonly Brake[] {
  const cords = required.get(cordsKey);
  if (cords === undefined || required.get(approvalsKey) === undefined) {
    return [{ stops: 'All', message: 'waits for the AndonCords and Approvals' }];
  }
  const pulled = cords
    .filter((cord) => isInScope(cord.spec as AndonCordSpec, composite, tier))
    .map(({ metadata, spec }) => `AndonCord ${metadata.name}: ${(spec as AndonCordSpec).reason}`)
    .sort();
  const until = freeze?.until === undefined ? undefined : Date.parse(freeze.until);
  const isFrozen = freeze !== undefined && (until === undefined || until > now);
  return [
    ...pulled.map((message): Brake => ({ stops: 'All', message })),
    ...(isFrozen
      ? [
          {
            stops: 'Planned' as const,
            message: `the Tier is frozen${freeze.until === undefined ? '' : ` until ${freeze.until}`}: ${freeze.reason}`,
            ...(until !== undefined && { until }),
          },
        ]
      : []),
    ...(paused === true ? [{ stops: 'Planned' as const, message: 'paused by spec.rollout.paused' }] : []),
  ];
}

/** A selector that nobody can read stops everything: a cord that was pulled in a hurry must not stop nothing. */
function isInScope(
  { tiers, selector }: AndonCordSpec,
  { metadata }: KubeObject,
  tier: NamespacedName | undefined,
): boolean {
  const isOfTier =
    tiers === undefined || tiers.some(({ namespace, name }) => namespace === tier?.namespace && name === tier.name);
  if (!isOfTier || selector === undefined) return isOfTier;
  return checkLabelSelector(selector, '').length > 0 || matchesLabelSelector(selector, metadata.labels);
}

/** Returns the Approvals that are for a composite. Only their spec is read: the API server has checked who wrote it. */
export function readApprovals(required: FunctionRequest['required'], composite: KubeObject): readonly GivenApproval[] {
  return (required.get(approvalsKey) ?? []).flatMap(({ metadata: approval, spec }): GivenApproval[] => {
    const { for: subject, expiresAt, ...rest } = spec as ApprovalSpec;
    if (!isApprovalFor(subject, composite)) return [];
    const createdAt = Date.parse(approval.creationTimestamp ?? '');
    const uid = approval['uid'];
    if (Number.isNaN(createdAt) || typeof uid !== 'string') return [];
    return [{ ...rest, uid, createdAt, ...(expiresAt !== undefined && { expiresAt: Date.parse(expiresAt) }) }];
  });
}
