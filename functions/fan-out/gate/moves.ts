import type { Assignment, RolloutProgress, RolloutRecord, WaveAsk } from '../../generated/types.ts';
import type { Labels } from '../../kube/label-requirement.ts';
import type { Instant } from '../../runtime/composition-function.ts';
import type { PlacedAssignment } from '../../slices/placed-assignment.ts';
import type { Ask } from './ask-approvals.ts';
import type { Consent } from './read-consent.ts';

/** Something that stops changes: a cord that somebody pulled, a freeze of the Tier, a pause of the composite itself. */
export type Brake = {
  /** `All` stops whatever a gate lets through; `Planned` lets fail-over and scaling pass. */
  readonly stops: 'All' | 'Planned';
  readonly message: string;
  /** When it is released by itself. */
  readonly until?: Instant;
};

/** Where the fleet stands and where it should go. */
export interface GateInput {
  readonly current: readonly PlacedAssignment[];
  /** What each chosen cluster should have, by cluster. */
  readonly wanted: ReadonlyMap<string, Assignment>;
  /** What a cluster that joins before the turn of its wave gets meanwhile, by cluster. */
  readonly meanwhile: ReadonlyMap<string, Assignment>;
  /** Present clusters that placement no longer wants. */
  readonly unwanted: ReadonlySet<string>;
  /** Clusters that must not be changed or joined now, with the reason. */
  readonly blocked: ReadonlyMap<string, string>;
  /** Clusters on which people want nothing to change, with the reason. */
  readonly paused: ReadonlyMap<string, string>;
  /** Why clusters keep replicas, or stay although they should leave, until others are healthy with theirs. */
  readonly kept?: ReadonlyMap<string, string>;
  /** Tells of a wanted cluster whether something new of the target could fail there, so that health says something of it; asked only while nothing is proven. */
  readonly provable: (cluster: string) => boolean;
  /** Labels of the wanted clusters. */
  readonly labels: ReadonlyMap<string, Labels>;
  /** The rollout as it was begun, with the waves that have been opened. */
  readonly run: RolloutRecord;
  readonly brakes: readonly Brake[];
  /** Returns what people have agreed to of what waves ask. */
  readonly consent: (asks: ReadonlyMap<string, Ask>) => Consent;
}

/** How far one wave is. */
export type WaveProgress = RolloutProgress['waves'][number];

/** A wave whose clusters are settled. */
export type FilledWave = {
  readonly name: string;
  readonly isOpen: boolean;
  /** Whether it was done when a later wave was opened. */
  readonly hasPassed: boolean;
  /** Sorted. */
  readonly clusters: readonly string[];
  /** Who approved of it, when it opens. */
  readonly approvedBy?: readonly string[];
};

/** Clusters of a wave that have failed, where they are more than may, and what the first that says so says of why. */
export type Failures = { readonly wave: string; readonly clusters: readonly string[]; readonly because?: string };

/** What may happen now. Everything not listed stays as it is. */
export interface Moves {
  /** Entries to change or add. */
  readonly set: readonly Assignment[];
  /** Clusters that may start to leave. */
  readonly leave: readonly string[];
  /** Clusters that should leave but are held, because more want to than may without approval. */
  readonly held: readonly string[];
  /** Clusters whose turn has not come, with the reason. */
  readonly waiting: ReadonlyMap<string, string>;
  /** Those of them that wait until others are healthy with their replicas. */
  readonly kept: ReadonlyMap<string, string>;
  /** The waves in their order. */
  readonly waves: readonly WaveProgress[];
  /** The waves that have taken in clusters, in their order; one that must prove itself again, or waits for approval, is not open. */
  readonly filled: readonly FilledWave[];
  /** Clusters that waves have taken in and that neither have nor are to have anything any more. */
  readonly gone: ReadonlySet<string>;
  /** What waves have asked people in this rollout, sorted by wave. */
  readonly asks: readonly WaveAsk[];
  readonly failures?: Failures;
  /** Whether the rollout has reached every cluster that it can reach, and whether all of them got healthy. */
  readonly outcome: 'Unfinished' | 'Proven' | 'WithFailures';
  /** Uids of the Approvals that let clusters leave. */
  readonly usedApprovals: readonly string[];
  /** When time alone lets more happen, or takes something back. */
  readonly nextDecisionAt?: Instant;
}
