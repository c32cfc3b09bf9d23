import type { ApprovalSpec, ApprovalStatus, RolloutStatus } from '../generated/types.ts';
import { groupOf } from '../kube/object.ts';
import { formatTimestamp } from '../kube/timestamp.ts';
import type { Instant } from '../runtime/composition-function.ts';

/** What an Approval has come to, as its status tells it. */
export type ApprovalState = Required<Pick<ApprovalStatus, 'state' | 'message'>>;

/**
 * Returns what has become of an Approval, from the status of what it is for; `undefined` stands for no such resource.
 * What has opened its wave stays Used after it expires. The text is the same until the state is another.
 */
export function approvalState(spec: ApprovalSpec, target: RolloutStatus | undefined, now: Instant): ApprovalState {
  const { kind, name } = spec.for;
  const what = `${kind} ${name}`;
  if (target === undefined) {
    return { state: 'Missing', message: `there is no ${what} in this namespace; approve again under its right name` };
  }
  if (target.revision === spec.revision && hasOpened(spec, target)) {
    return { state: 'Used', message: `${spec.approver} is counted for wave ${spec.wave} of ${what}` };
  }
  const expired = expiredState(spec, now);
  if (expired !== undefined) return expired;
  if (target.revision !== spec.revision) {
    const present = target.revision === undefined ? 'has no revision yet' : `has revision ${target.revision} now`;
    return { state: 'Mismatch', message: `${what} ${present}, and this is for ${spec.revision}` };
  }
  return { state: 'Pending', message: pendingMessage(spec) };
}

/** Returns what can be said of an Approval for a kind that is not looked up: whether it counts stands in the status of what it is for. */
export function unseenState(spec: ApprovalSpec, now: Instant): ApprovalState {
  const { apiVersion = '', kind, name } = spec.for;
  const group = groupOf(apiVersion);
  const where = `whether it counts, the status of ${kind} ${name}${group === '' ? '' : ` (${group})`} says`;
  return expiredState(spec, now) ?? { state: 'Pending', message: `${pendingMessage(spec)}; ${where}` };
}

function expiredState(spec: ApprovalSpec, now: Instant): ApprovalState | undefined {
  const expiry = expiryOf(spec);
  if (expiry === undefined || expiry > now) return undefined;
  return { state: 'Expired', message: `no longer counts since ${formatTimestamp(expiry)}` };
}

/** Returns when an Approval expires, in whole seconds rounded up, if it does. */
export function expiryOf({ expiresAt }: ApprovalSpec): Instant | undefined {
  return expiresAt === undefined ? undefined : Math.ceil(Date.parse(expiresAt) / 1000) * 1000;
}

/** A rejection opens nothing; of the use of an approval of removals no status tells. */
function hasOpened({ decision, wave, approver }: ApprovalSpec, { rollout }: RolloutStatus): boolean {
  const opened = rollout?.waves.find(({ name }) => name === wave);
  return decision !== 'Reject' && opened?.approvedBy?.includes(approver) === true;
}

/** Whether it counts is the gate's to say, in the wave's own message. */
function pendingMessage({ decision, wave, removals = [] }: ApprovalSpec): string {
  const isRejection = decision === 'Reject';
  if (wave === undefined) return `${isRejection ? 'rejects' : 'is for'} the removal from ${removals.length} clusters`;
  return isRejection ? `rejects wave ${wave} of this revision` : `is for wave ${wave} of this revision`;
}
