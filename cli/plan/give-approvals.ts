import { lastEditorAnnotation } from '../../functions/fan-out/read-facts.ts';
import type { ApprovalSpec, RolloutStatus } from '../../functions/generated/types.ts';
import { contentHash } from '../../functions/kube/content-hash.ts';
import type { JsonObject } from '../../functions/kube/json.ts';
import { boundedName } from '../../functions/kube/names.ts';
import type { KubeObject } from '../../functions/kube/object.ts';
import { crossplyApiVersion } from '../../functions/runtime/validate-request.ts';
import type { OfflineHub } from '../offline-hub/hub.ts';
import { refTo } from '../offline-hub/object-ref.ts';
import { type AwaitedApproval, awaitedApproval } from '../rollout/awaited-approval.ts';
import { approvableKinds } from '../rollout/subject.ts';
import { progressOf, type WaitRecorder } from './wait-recorder.ts';

/** Gives, under made-up names, the approvals that rollouts wait for, and tells whether there were any. What was given once and did not count is not given again. */
export function giveApprovals(hub: OfflineHub, waits: WaitRecorder): boolean {
  const composites = approvableKinds.flatMap((kind) => hub.list({ apiVersion: crossplyApiVersion, kind }));
  const given = composites.map((composite) => giveTo(hub, composite, waits));
  return given.includes(true);
}

function giveTo(hub: OfflineHub, composite: KubeObject, waits: WaitRecorder): boolean {
  const { revision } = (composite.status ?? {}) as RolloutStatus;
  const progress = progressOf(composite);
  const awaited = progress === undefined ? undefined : awaitedApproval(progress);
  if (awaited === undefined || revision === undefined || (progress?.brakes ?? []).length > 0) return false;
  const { wave, quorum, clusters } = awaited;
  const people = Array.from({ length: quorum }, (_, index) => `somebody-${index + 1}`);
  const approvals = people.map((approver) => approvalOf(composite, { revision, wave, clusters, approver }));
  if (approvals.some((approval) => hub.get(refTo(approval)) !== undefined)) return false;
  nameEditor(hub, composite);
  waits.give(refTo(composite), wave);
  return approvals.map((approval) => hub.apply(approval)).every(({ problems }) => problems === undefined);
}

/** Approvals count only where it is known who made the change. */
function nameEditor(hub: OfflineHub, composite: KubeObject): void {
  hub.store.update(refTo(composite), 'kubectl', ({ metadata, ...rest }) => ({
    ...rest,
    metadata: { ...metadata, annotations: { [lastEditorAnnotation]: 'somebody-else', ...metadata.annotations } },
  }));
}

type AwaitedClusters = Pick<AwaitedApproval, 'wave' | 'clusters'>;

function approvalOf(
  { kind, metadata: { name = '', namespace = '' } }: KubeObject,
  { revision, wave, clusters, approver }: Pick<ApprovalSpec, 'revision' | 'approver'> & AwaitedClusters,
): KubeObject {
  const spec: ApprovalSpec = {
    for: { kind: kind as ApprovalSpec['for']['kind'], name },
    ...{ revision, wave, approver },
    ...(clusters !== undefined && clusters.length > 0 && { clusters }),
  };
  return {
    apiVersion: crossplyApiVersion,
    kind: 'Approval',
    metadata: { name: boundedName([kind, name, revision, wave, contentHash([...clusters], 6), approver]), namespace },
    spec: spec as unknown as JsonObject,
  };
}
