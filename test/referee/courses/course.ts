import type { JsonObject } from '../../../functions/kube/json.ts';

/** Something that people do or that goes wrong, so many seconds after what was before. */
export type CourseEvent = { readonly after: number } & (
  | { readonly does: 'image'; readonly image: string; readonly editor: string }
  | { readonly does: 'replicas'; readonly replicas: number }
  | { readonly does: 'rollout'; readonly rollout: JsonObject }
  | { readonly does: 'placement'; readonly placement: JsonObject }
  | { readonly does: 'approve' | 'reject'; readonly wave: string; readonly who: string }
  | { readonly does: 'lose'; readonly cluster: string; readonly isTold: boolean }
  | { readonly does: 'find' | 'refuse' | 'accept'; readonly cluster: string }
  | {
      readonly does: 'relabel' | 'join';
      readonly cluster: string;
      readonly labels: { readonly [label: string]: string };
    }
  /** The image runs where it is now, and nowhere else. */
  | { readonly does: 'spoil'; readonly image: string }
  | { readonly does: 'heal'; readonly image: string }
  | { readonly does: 'cord' | 'uncord' | 'freeze' | 'thaw' | 'pause' | 'resume' | 'nothing' }
);

/** A fleet, what is asked for first, and what happens then. */
export type Course = {
  readonly clusters: { readonly [name: string]: { readonly [label: string]: string } };
  /** How long pods take to become ready where that is not three seconds. */
  readonly readyAfterSeconds: { readonly [name: string]: number };
  readonly isBare: boolean;
  readonly hasFaults: boolean;
  readonly replicas: number;
  readonly placement: JsonObject;
  readonly rollout: JsonObject;
  readonly events: readonly CourseEvent[];
};
