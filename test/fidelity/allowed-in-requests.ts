import { drop, type Edit } from './edit-at.ts';

/** A field that may differ between the requests of the real program and ours. */
export interface AllowedInRequest {
  readonly path: readonly string[];
  readonly why: string;
  readonly edit: Edit;
}

/** Every difference that two requests may have; whatever is not listed is a mistake. */
export const allowedInRequests: readonly AllowedInRequest[] = [
  {
    path: ['meta', 'tag'],
    why: 'a hash of the Go message, which functions may only compare with another of the same program',
    edit: drop,
  },
  {
    path: ['observed', 'composite', 'resource', 'status', 'conditions', '*', 'lastTransitionTime'],
    why: 'the time of the condition with which each reconcile begins',
    edit: drop,
  },
];
