import type { Boundary } from '../boundary/boundary.ts';
import type { Placement } from '../cluster-selector/placement.ts';
import type { Assignment, Override, Rollout, RolloutFloor, RolloutRecord } from '../generated/types.ts';
import type { HealthRules } from '../health/health-rules.ts';
import type { Problem } from '../kube/problem.ts';
import type { Templates } from '../revision/apply-overrides.ts';
import type { Owner, Renderer, Revision } from '../revision/revision-content.ts';
import type { Instant } from '../runtime/composition-function.ts';
import type { ObservedSlice } from '../slices/observed-slices.ts';
import type { SharedEnvironment } from './desired-assignments.ts';
import type { DesiredSlice } from './fill-slices.ts';
import type { Brake, Moves } from './gate/moves.ts';
import type { GivenApproval } from './gate/read-consent.ts';

/** All that a rollout is decided from. */
export interface RolloutFacts {
  readonly owner: Owner;
  readonly placement: Placement;
  readonly templates: Templates;
  /** Why the templates cannot be used, if so. */
  readonly renderProblems: readonly Problem[];
  /** What the renderer has changed that people may not expect. */
  readonly renderNotes?: readonly string[];
  readonly overrides: readonly Override[];
  readonly renderer?: Renderer;
  /** Version of a renderer that may supersede a newer one. */
  readonly acceptedRenderer?: string;
  readonly rollout: Rollout;
  /** What the Tiers ask of every rollout at least. */
  readonly floors?: readonly RolloutFloor[];
  /** The value of the annotation by which somebody lets go of a rollback by hand. */
  readonly letGo?: string;
  readonly boundary: Boundary;
  /** How health is told, the Tier's rules for its own kinds included. */
  readonly health: HealthRules;
  readonly environment: SharedEnvironment;
  readonly slices: readonly ObservedSlice[];
  readonly revisions: readonly Revision[];
  /** When Revisions were made, by name. */
  readonly madeAt: ReadonlyMap<string, Instant>;
  readonly brakes: readonly Brake[];
  readonly approvals: readonly GivenApproval[];
  /** Who changed the composite last, if that is known. */
  readonly lastEditor?: string;
}

/** What should stand on the hub now, and why not more. */
export interface RolloutPlan {
  /** The Revision that clusters move to; absent before anything could be rendered. */
  readonly target?: Revision;
  /** What each chosen cluster should have in the end. */
  readonly wanted: ReadonlyMap<string, Assignment>;
  readonly moves: Moves;
  /** What is remembered of the rollout; absent before it could begin. */
  readonly record?: RolloutRecord;
  readonly slices: readonly DesiredSlice[];
  readonly revisions: readonly Revision[];
  /** Why the target is not what was rendered, although nothing is wrong. */
  readonly keptBecause?: string;
  /** Why the target is not what was asked for, or cannot go everywhere. */
  readonly problems: readonly Problem[];
}
