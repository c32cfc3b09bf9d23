import type { Boundary } from '../boundary/boundary.ts';
import type { Placement } from '../cluster-selector/placement.ts';
import { compileClusterSelection } from '../clusters/cluster-selection.ts';
import type { Assignment, Override, Rollout } from '../generated/types.ts';
import { formatProblem, formatProblems, type Problem } from '../kube/problem.ts';
import type { Templates } from '../revision/apply-overrides.ts';
import { compileRevision } from '../revision/compile-revision.ts';
import type { Owner, Renderer, Revision } from '../revision/revision-content.ts';
import type { ObservedSlice } from '../slices/observed-slices.ts';
import type { PlacedAssignment } from '../slices/placed-assignment.ts';
import { chooseTarget, newestRevision } from './choose-target.ts';
import { desiredAssignments, type SharedEnvironment } from './desired-assignments.ts';
import { type DesiredSlice, fillSlices, sliceCapacity } from './fill-slices.ts';
import { type Moves, openGate } from './open-gate.ts';
import { refusedClusters } from './refused-clusters.ts';
import { revisionsToKeep } from './revisions-to-keep.ts';
import { resolveRollout } from './rollout-policy.ts';

/** All that a rollout is decided from. */
export interface RolloutFacts {
  readonly owner: Owner;
  readonly placement: Placement;
  readonly templates: Templates;
  /** Why the templates cannot be used, if so. */
  readonly renderProblems: readonly Problem[];
  readonly overrides: readonly Override[];
  readonly renderer?: Renderer;
  /** Version of a renderer that may supersede a newer one. */
  readonly acceptedRenderer?: string;
  readonly rollout: Rollout;
  readonly boundary: Boundary;
  readonly environment: SharedEnvironment;
  readonly slices: readonly ObservedSlice[];
  readonly revisions: readonly Revision[];
}

/** What should stand on the hub now, and why not more. */
export interface RolloutPlan {
  /** The Revision that clusters move to; absent before anything could be rendered. */
  readonly target?: Revision;
  /** What each chosen cluster should have in the end. */
  readonly wanted: ReadonlyMap<string, Assignment>;
  readonly moves: Moves;
  readonly slices: readonly DesiredSlice[];
  readonly revisions: readonly Revision[];
  /** Why the target is not what was asked for, or cannot go everywhere. */
  readonly problems: readonly Problem[];
}

/** Where clusters should go: the target, what that means for each, and which must not move yet. */
type Destination = Pick<RolloutPlan, 'target' | 'wanted' | 'problems'> & {
  readonly blocked: ReadonlyMap<string, string>;
};

const standStill: Moves = { set: [], leave: [], held: [], waiting: new Map() };

/** Returns the next step of a composite's rollout. Whatever is wrong, entries that exist stay as they are. */
export function planRollout(facts: RolloutFacts): RolloutPlan {
  const { placement, slices: observed, revisions } = facts;
  const current = observed.flatMap(({ entries }) => entries);
  const { target, wanted, blocked, problems } = chooseDestination(facts, current);
  const policy = resolveRollout(facts.rollout, placement.chosen.length, current.length, 'spec.rollout');
  const unwanted = new Set(
    placement.verdicts.flatMap(({ verdict, cluster }) => (verdict === 'Leaving' ? [cluster] : [])),
  );
  const moves =
    policy.problems === undefined ? openGate({ current, wanted, unwanted, blocked }, policy.value) : standStill;
  const homes = new Map(placement.chosen.map(({ facts: { name }, clusterSet }) => [name, clusterSet]));
  const capacity = sliceCapacity(Object.keys(target?.content.templates ?? {}).length);
  const slices = fillSlices(observed, moves, (cluster) => homes.get(cluster), capacity);
  const inUse = new Set([
    ...current.map(({ assignment }) => assignment.revision),
    ...slices.flatMap(({ assignments }) => assignments.map(({ revision }) => revision)),
  ]);
  return {
    ...(target !== undefined && { target }),
    wanted,
    moves,
    slices,
    revisions: revisionsToKeep(revisions, target, inUse),
    problems: [...problems, ...(policy.problems ?? [])],
  };
}

function chooseDestination(facts: RolloutFacts, current: readonly PlacedAssignment[]): Destination {
  const filters = compileFilters(facts.overrides);
  const problems = [...facts.renderProblems, ...filters.problems];
  const { placement } = facts;
  if (problems.length === 0 && placement.mode === 'KeepLastGood') {
    problems.push({ path: '', message: placement.summary.message });
  }
  if (problems.length === 0 && Object.keys(facts.templates).length === 0) {
    problems.push({ path: '', message: 'the steps before rendered nothing', hint: 'what runs is kept' });
  }
  const newest = newestRevision(facts.revisions);
  if (problems.length > 0) {
    return { ...(newest !== undefined && { target: newest }), wanted: new Map(), blocked: new Map(), problems };
  }
  const { templates, overrides, renderer } = facts;
  const content = renderer === undefined ? { templates, overrides } : { templates, overrides, renderer };
  const { revision, keptBecause } = chooseTarget(facts.owner, content, facts.revisions, facts.acceptedRenderer);
  const compiled = compileRevision(revision.content);
  const usable = keptBecause === undefined ? filters : compileFilters(revision.content.overrides);
  const desired = desiredAssignments(revision.name, compiled, usable.filters, placement.chosen, facts.environment);
  const refused = refusedClusters(desired.assignments, current, compiled, facts.boundary);
  const perCluster = new Map([...desired.problems, ...refused]);
  return {
    target: revision,
    wanted: desired.assignments,
    blocked: new Map([
      ...waitingClusters(placement, current),
      ...mapValues(perCluster, (each) => formatProblems(each, 3)),
    ]),
    problems: [
      ...(keptBecause === undefined ? [] : [{ path: '', message: keptBecause }]),
      ...distinct([...perCluster.values()].flat()),
    ],
  };
}

function compileFilters(overrides: readonly Override[]) {
  const compiled = overrides.map(({ clusters }, index) =>
    compileClusterSelection(clusters, `spec.overrides[${index}].clusters`),
  );
  return {
    filters: compiled.flatMap(({ value }) => value ?? []),
    problems: compiled.flatMap(({ problems }) => problems ?? []),
  };
}

/** Clusters that would join but wait for something that must be there first. */
function waitingClusters({ chosen }: Placement, current: readonly PlacedAssignment[]): readonly [string, string][] {
  const present = new Set(current.map(({ assignment }) => assignment.cluster));
  return chosen.flatMap(({ facts: { name }, waitingFor }): [string, string][] =>
    waitingFor === undefined || present.has(name) ? [] : [[name, waitingFor]],
  );
}

function mapValues<From, To>(map: ReadonlyMap<string, From>, convert: (value: From) => To): ReadonlyMap<string, To> {
  return new Map([...map].map(([key, value]) => [key, convert(value)]));
}

/** Many clusters share a mistake; it is told once. */
function distinct(problems: readonly Problem[]): readonly Problem[] {
  return [...new Map(problems.map((problem) => [formatProblem(problem), problem])).values()];
}
