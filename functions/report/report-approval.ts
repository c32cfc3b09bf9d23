import { isForOwnKind } from '../approvals/approval-subject.ts';
import type { ApprovalSpec, ApprovalStatus, RolloutStatus } from '../generated/types.ts';
import { isJsonObject, type Json } from '../kube/json.ts';
import { timeToLive } from '../runtime/time-to-live.ts';
import { crossplyApiVersion } from '../runtime/validate-request.ts';
import { approvalState, expiryOf, unseenState } from './approval-state.ts';
import type { KindReport } from './kind-report.ts';

/**
 * Reports what has become of an Approval, and asks to be called again the second it expires. What was reported stays
 * until the resource that it is for is supplied. A kind of others is not looked up: where it is not installed, asking for
 * it would fail the whole step.
 */
export const reportApproval: KindReport = ({ composite, required, now }) => {
  const spec = composite.spec as ApprovalSpec;
  const { namespace = '' } = composite.metadata;
  const isOwn = isForOwnKind(spec.for);
  const found = required.get('for');
  const [target] = found ?? [];
  const expiry = expiryOf(spec);
  const isToCome = expiry !== undefined && expiry > now;
  return {
    requirements: isOwn
      ? { for: { apiVersion: crossplyApiVersion, kind: spec.for.kind, namespace, match: { name: spec.for.name } } }
      : {},
    status: isOwn
      ? found === undefined
        ? reportedBefore(composite.status)
        : approvalState(spec, target && statusOf(target.status), now)
      : unseenState(spec, now),
    conditions: [{ type: 'Valid', status: 'True', reason: 'Valid', message: '' }],
    ready: true,
    ttlSeconds: timeToLive({
      ...{ now, isConverging: false, objects: [composite] },
      ...(isToCome && { nextGate: expiry }),
    }),
  };
};

function statusOf(status: Json | undefined): RolloutStatus {
  return isJsonObject(status) ? (status as RolloutStatus) : {};
}

function reportedBefore(status: Json | undefined): Pick<ApprovalStatus, 'state' | 'message'> {
  const { state, message } = isJsonObject(status) ? (status as ApprovalStatus) : {};
  return { ...(state !== undefined && { state }), ...(message !== undefined && { message }) };
}
