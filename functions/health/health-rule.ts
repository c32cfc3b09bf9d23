import type { JsonObject } from '../kube/json.ts';
import type { KubeObject } from '../kube/object.ts';

/** CEL text over `object` that yields a bool. Those of built-in rules never fail, whatever the object lacks. */
export type Sign = string;

/** What pods a kind runs, by field paths: how a desired or a remote object tells whether any replica is wanted at all. */
export interface Pods {
  /** Number of replicas wanted; absent fields want some. */
  readonly replicas?: string;
  /** Number of pods that the cluster wants of it; no pod is wanted before it is told. */
  readonly scheduled?: string;
  /** Whether it is put to rest. */
  readonly suspended?: string;
}

/** Things of an object that are there and that are wanted, by field paths, and what they are. */
export interface Count {
  readonly have: string;
  readonly want: string;
  readonly what: string;
}

/** A state from which an object may never move although nothing is wrong, and what it is in words. */
export interface Silence {
  readonly sign: Sign;
  readonly words: string;
}

/** How the health of one kind is told, as data: the same texts make the query of the provider and the verdict of Delivery. */
export interface HealthRule {
  /** API group; `*.` at its beginning stands for any prefix. */
  readonly group: string;
  /** Kind; `*` is every kind of the group that no other rule names. */
  readonly kind: string;
  readonly healthy: Sign;
  /** Still on its way, although `healthy` may hold. */
  readonly progressing?: Sign;
  /** Says that it has failed, or will not get well by itself. What its controller tries again has not failed. */
  readonly failed?: Sign;
  /**
   * Where the object says what is wrong, the most telling first: condition types (`Ready` speaks when it is not True,
   * `!NotReady` when it is) and field paths (`status.message`).
   */
  readonly tells?: readonly string[];
  /** CEL text that yields a message, for rules of a team. */
  readonly message?: string;
  /** What is counted, for a message: the first that differs tells. */
  readonly counts?: readonly Count[];
  /** Nothing happens to it now and nothing may have to, so that only time tells: it is taken for healthy after a while, as a guess. */
  readonly silence?: Silence;
  /** Whether it can be unwell at all: `false` when it cannot, a sign when only some objects of the kind can. */
  readonly ownHealth?: false | Sign;
  readonly pods?: Pods;
  /** A status that the rule calls healthy, as its controller would write it without the generation. */
  readonly healthyStatus?: (object: KubeObject) => JsonObject;
}

/** What a rule says of an object. Silent is one that gives no sign either way. */
export interface Health {
  readonly state: 'Healthy' | 'Progressing' | 'Failed' | 'Silent';
  /** In words for people, to follow the object's name and a colon. */
  readonly message: string;
  /** Whether the object could have been unwell, so that its health proves something. */
  readonly isOwn: boolean;
}
