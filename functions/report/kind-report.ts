import type { KubeObject } from '../kube/object.ts';
import type { FunctionResponse, Instant } from '../runtime/composition-function.ts';

/** What a report is made from: the composite, what it required and was supplied with, and the time. */
export interface ReportFacts {
  readonly composite: KubeObject;
  readonly required: ReadonlyMap<string, readonly KubeObject[]>;
  readonly now: Instant;
}

/** Answers for a composite of one kind that is data alone; it composes nothing, so it is ready as it stands. */
export type KindReport = (facts: ReportFacts) => FunctionResponse;
