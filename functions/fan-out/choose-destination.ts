import type { Placement } from '../cluster-selector/placement.ts';
import { compileClusterSelection } from '../clusters/cluster-selection.ts';
import type { Override, RolloutRecord } from '../generated/types.ts';
import { formatProblem, formatProblems, type Problem } from '../kube/problem.ts';
import { compileRevision } from '../revision/compile-revision.ts';
import type { Revision } from '../revision/revision-content.ts';
import type { Instant } from '../runtime/composition-function.ts';
import type { PlacedAssignment } from '../slices/placed-assignment.ts';
import { chooseTarget, newestRevision } from './choose-target.ts';
import { couldProve } from './could-prove.ts';
import { desiredAssignments } from './desired-assignments.ts';
import type { GateInput } from './gate/moves.ts';
import type { MoveFacts } from './gate/order-moves.ts';
import { chooseDirection } from './record/choose-direction.ts';
import { refusedClusters } from './refused-clusters.ts';
import type { RolloutFacts, RolloutPlan } from './rollout-facts.ts';

/** Where clusters should go: the target, what that means for each, and which must not move yet. */
export type Destination = Pick<RolloutPlan, 'target' | 'wanted' | 'keptBecause' | 'problems'> &
  Pick<GateInput, 'blocked'> & {
    /** What was rendered, whether or not clusters go to it. */
    readonly rendered?: Revision;
    readonly direction: RolloutRecord['direction'];
    /** Tells of a wanted cluster whether something new of the target could fail there. */
    readonly provable: GateInput['provable'];
    /** Returns what a chosen cluster should have if it had other replicas. */
    readonly withReplicas: MoveFacts['withReplicas'];
    /** A rollback by hand that holds. */
    readonly hold?: RolloutRecord['hold'];
  };

/** Returns where clusters should go; while something is wrong with the input, nowhere, and whatever runs is kept. */
export function chooseDestination(
  facts: RolloutFacts,
  current: readonly PlacedAssignment[],
  remembered: RolloutRecord | undefined,
  now: Instant,
): Destination {
  const filters = compileFilters(facts.overrides);
  const problems = [...facts.renderProblems, ...filters.problems];
  const { placement, revisions } = facts;
  if (problems.length === 0 && placement.mode === 'KeepLastGood') {
    problems.push({ path: '', message: placement.summary.message });
  }
  if (problems.length === 0 && Object.keys(facts.templates).length === 0) {
    problems.push({ path: '', message: 'the steps before rendered nothing', hint: 'what runs is kept' });
  }
  const hold = (reasons: readonly Problem[], rendered = newestRevision(revisions)): Destination => {
    const target = revisions.find(({ name }) => name === remembered?.revision) ?? newestRevision(revisions);
    return {
      ...(target !== undefined && { target }),
      ...(rendered !== undefined && { rendered }),
      ...{ wanted: new Map(), blocked: new Map(), direction: 'Forward', problems: reasons },
      ...{ provable: () => false, withReplicas: () => undefined },
      ...(remembered?.hold !== undefined && { hold: remembered.hold }),
    };
  };
  if (problems.length > 0) return hold(problems);
  const { templates, overrides, renderer } = facts;
  const content = renderer === undefined ? { templates, overrides } : { templates, overrides, renderer };
  const rendered = chooseTarget(facts.owner, content, revisions, facts.acceptedRenderer);
  const { rollout, letGo, lastEditor } = facts;
  const chosen = chooseDirection(rendered.revision, revisions, {
    ...{ rollout, record: remembered, now },
    ...(letGo !== undefined && { letGo }),
    ...(lastEditor !== undefined && { lastEditor }),
  });
  if (chosen.problem !== undefined) return hold([chosen.problem], rendered.revision);
  const { revision, direction, because, hold: byHand } = chosen.value;
  const compiled = compileRevision(revision.content);
  const stable = revisions.find(({ name }) => name === remembered?.stable);
  const isRendered = revision === rendered.revision && rendered.keptBecause === undefined;
  const usable = isRendered ? filters : compileFilters(revision.content.overrides);
  const assign = (chosen: Placement['chosen']) =>
    desiredAssignments(revision.name, compiled, usable.filters, chosen, facts.environment, placement.chosen);
  const desired = assign(placement.chosen);
  const refused = refusedClusters(desired.assignments, current, compiled, facts.boundary);
  const perCluster = new Map([...desired.problems, ...refused]);
  return {
    target: revision,
    rendered: rendered.revision,
    wanted: desired.assignments,
    direction,
    provable: couldProve({ target: revision, compiled, wanted: desired.assignments, stable, rules: facts.health }),
    withReplicas(cluster, replicas) {
      const chosen = placement.chosen.filter(({ facts: { name } }) => name === cluster);
      return assign(chosen.map((each) => ({ ...each, replicas }))).assignments.get(cluster);
    },
    ...(byHand !== undefined && { hold: byHand }),
    ...(because !== undefined && { keptBecause: because }),
    blocked: new Map([
      ...waitingClusters(placement, current),
      ...mapValues(perCluster, (each) => formatProblems(each, 3)),
    ]),
    problems: [
      ...(rendered.keptBecause === undefined ? [] : [{ path: '', message: rendered.keptBecause }]),
      ...distinct([...perCluster.values()].flat()),
    ],
  };
}

/** Returns the filters that say which clusters each override is for, or what is wrong with them. */
export function compileFilters(overrides: readonly Override[]) {
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
