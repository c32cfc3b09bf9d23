import type { Candidate } from '../../clusters/cluster-facts.ts';
import type { AppStatus, Placement as PlacementSpec } from '../../generated/types.ts';
import { isJsonObject } from '../../kube/json.ts';
import type { KubeObject } from '../../kube/object.ts';
import type { FunctionRequest, Instant } from '../../runtime/composition-function.ts';
import type { PromiseTerms } from '../../slices/capacity-promises.ts';
import type { Replicas } from '../divide-components.ts';
import type { Present } from '../placement.ts';
import { otherPromises } from './other-promises.ts';
import type { RoomRule } from './room-rule.ts';
import { type Stock, takeStock } from './take-stock.ts';

/** From what the room for a composite is told. */
export interface RoomFacts {
  readonly composite: KubeObject;
  readonly present: readonly Present[];
  readonly required: FunctionRequest['required'];
  readonly now: Instant;
}

/** Returns what room there is; nothing where nobody asks for it. */
export function stockOf(
  rule: RoomRule | undefined,
  candidates: readonly Candidate[],
  { composite, present, required, now }: RoomFacts,
): Stock | undefined {
  if (rule === undefined) return undefined;
  const { kind, metadata, status } = composite;
  const owner = { kind, name: metadata.name ?? '', createdAt: metadata.creationTimestamp ?? '' };
  const others = otherPromises(required.get('promises') ?? [], owner, rule.property);
  const revision = isJsonObject(status) ? (status as AppStatus).revision : undefined;
  return takeStock({
    ...{ rule, candidates, present, others, owner, now },
    ...(revision !== undefined && { revision }),
  });
}

/** Returns by what is told how much the composite's replicas take; nothing where nobody asks for room. */
export function promiseTerms(
  rule: RoomRule | undefined,
  { metadata }: KubeObject,
  { reported }: Stock,
): PromiseTerms | undefined {
  if (rule === undefined) return undefined;
  const { property, perReplica } = rule;
  const { creationTimestamp } = metadata;
  return {
    ...{ property, perReplica, reported },
    ...(creationTimestamp !== undefined && { ownerCreatedAt: creationTimestamp }),
  };
}

/** Returns for how many replicas a cluster must have room: for all of them where it is to run all, for one where it takes a share. */
export function replicasToFit({ replicas }: PlacementSpec, totals: Replicas): number {
  if (replicas?.mode === 'Divided') return 1;
  return Math.max(
    1,
    Object.values(totals).reduce((sum, count) => sum + count, 0),
  );
}
