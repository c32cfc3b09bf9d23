import type { Assignment, RolloutRecord } from '../generated/types.ts';
import { compileRevision } from '../revision/compile-revision.ts';
import { shortRevision } from '../revision/revision-content.ts';
import type { Instant } from '../runtime/composition-function.ts';
import { newestRecord } from '../slices/newest-record.ts';
import type { PlacedAssignment } from '../slices/placed-assignment.ts';
import { chooseDestination, compileFilters, type Destination } from './choose-destination.ts';
import { namesByKey, renameInRecord, turned } from './cluster-keys.ts';
import { desiredAssignments } from './desired-assignments.ts';
import { fillSlices, sliceCapacity } from './fill-slices.ts';
import { hasOtherValues } from './gate/compare-entry.ts';
import type { Moves } from './gate/moves.ts';
import { openGate } from './gate/open-gate.ts';
import { type MoveFacts, type MoveOrder, orderMoves } from './gate/order-moves.ts';
import { type Consent, type ConsentFacts, readConsent } from './gate/read-consent.ts';
import { type RolloutPolicy, resolveRollout } from './policy/rollout-policy.ts';
import { beginRun } from './record/begin-run.ts';
import { recordMoves } from './record/record-moves.ts';
import { revisionsToKeep } from './revisions-to-keep.ts';
import type { RolloutFacts, RolloutPlan } from './rollout-facts.ts';

const standStill: Moves = {
  ...{ set: [], leave: [], held: [], waiting: new Map(), waves: [], filled: [], asks: [], gone: new Set() },
  kept: new Map(),
  usedApprovals: [],
  outcome: 'Unfinished',
};

/** Returns the next step of a composite's rollout. Whatever is wrong, entries that exist stay as they are. */
export function planRollout(facts: RolloutFacts, now: Instant): RolloutPlan {
  const { placement, slices: observed, revisions } = facts;
  const current = observed.flatMap(({ entries }) => entries);
  const names = namesByKey(placement, current);
  const written = newestRecord(observed.map(({ rollout }) => rollout));
  const remembered = written && renameInRecord(written, names);
  const destination = chooseDestination(facts, current, remembered, now);
  const { target, rendered, wanted, problems } = destination;
  const policy = resolveRollout(facts.rollout, 'spec.rollout', facts.floors);
  const { moves, record } =
    policy.problems === undefined
      ? decideMoves(facts, destination, policy.value, remembered, now)
      : { moves: standStill, record: remembered };
  const homes = new Map(placement.chosen.map(({ facts: { name }, clusterSet }) => [name, clusterSet]));
  const capacity = sliceCapacity(Object.keys(target?.content.templates ?? {}).length);
  const slices = fillSlices(observed, moves, (cluster) => homes.get(cluster), capacity, record).map((slice) =>
    slice.rollout === undefined ? slice : { ...slice, rollout: renameInRecord(slice.rollout, turned(names)) },
  );
  const inUse = new Set([
    ...current.map(({ assignment }) => assignment.revision),
    ...slices.flatMap(({ assignments }) => assignments.map(({ revision }) => revision)),
    ...[target?.name, record?.stable].flatMap((name) => name ?? []),
  ]);
  return {
    ...(target !== undefined && { target }),
    wanted,
    moves,
    ...(record !== undefined && { record }),
    slices,
    revisions: revisionsToKeep(revisions, rendered ?? target, inUse),
    ...(destination.keptBecause !== undefined && { keptBecause: destination.keptBecause }),
    problems: [...problems, ...(policy.problems ?? [])],
  };
}

/** Returns what the gate lets through, and the record brought up to date; a rollout without a sound target neither begins nor ends. */
function decideMoves(
  facts: RolloutFacts,
  destination: Destination,
  policy: RolloutPolicy,
  remembered: RolloutRecord | undefined,
  now: Instant,
): { readonly moves: Moves; readonly record?: RolloutRecord | undefined } {
  const { target, blocked, direction, hold } = destination;
  if (target === undefined) return { moves: standStill, record: remembered };
  const { placement, slices, brakes, lastEditor: by } = facts;
  const current = slices.flatMap(({ entries }) => entries);
  const isSound = destination.wanted.size > 0;
  const paused = new Map(
    placement.chosen.flatMap(({ facts: { name }, paused: why }) => (why === undefined ? [] : [[name, why] as const])),
  );
  const unwanted = new Set(
    placement.verdicts.flatMap(({ verdict, cluster }) => (verdict === 'Leaving' ? [cluster] : [])),
  );
  const order = orderMoves({ current, unwanted, paused, ...destination, ...goalsOf(placement) }, policy, now);
  const { wanted, kept, keeping } = order;
  const madeAt = facts.madeAt.get(target.name);
  const begin = () =>
    beginRun(
      remembered,
      {
        ...{ revision: target.name, direction, hasOtherValues: hasOtherValues(current, wanted, policy) },
        ...(by !== undefined && { by }),
        ...(hold !== undefined && { hold }),
        ...(madeAt !== undefined && { revisionCreatedAt: madeAt }),
      },
      now,
    );
  const run = isSound || remembered === undefined ? begin() : remembered;
  const moves = openGate(
    {
      ...{ current, wanted, unwanted, blocked, paused, kept, run, brakes, provable: destination.provable },
      consent: (asks) => consentTo(asks, run, facts, now),
      meanwhile: meanwhileAssignments(facts, run, current),
      labels: new Map(placement.chosen.map(({ facts: { name, labels } }) => [name, labels])),
    },
    policy,
    now,
  );
  if (!isSound) return { moves, record: remembered };
  const { attempt = 1 } = facts.rollout;
  const record = recordMoves(remembered, run, { moves, keeping, onFailure: policy.onFailure, attempt }, now);
  return { moves: withDecision(moves, order), record };
}

/** What clusters are to have in the end, where they share it; those whose content cannot be told are among them. */
function goalsOf({ chosen, isDivided, fixed = [] }: RolloutFacts['placement']): Pick<MoveFacts, 'goals' | 'fixed'> {
  return {
    goals: new Map(isDivided === true ? chosen.map(({ facts: { name }, replicas }) => [name, replicas]) : []),
    fixed: new Set(fixed),
  };
}

function withDecision(moves: Moves, { nextDecisionAt }: MoveOrder): Moves {
  if (nextDecisionAt === undefined) return moves;
  return { ...moves, nextDecisionAt: Math.min(nextDecisionAt, moves.nextDecisionAt ?? nextDecisionAt) };
}

function consentTo(
  asks: ConsentFacts['asks'],
  run: RolloutRecord,
  { approvals, lastEditor, placement, slices }: RolloutFacts,
  now: Instant,
): Consent {
  const entries = slices.flatMap((slice) => slice.entries);
  return readConsent(approvedByName(approvals, namesByKey(placement, entries)), {
    asks,
    ...{ revision: shortRevision(run.revision), startedAt: Date.parse(run.startedAt), used: run.usedApprovals, now },
    ...(lastEditor !== undefined && { lastEditor }),
    ...(run.by !== undefined && { startedBy: run.by }),
  });
}

/** An Approval that was given before a cluster was renamed says the name that it had; where another has that name now, it speaks of the other. */
function approvedByName(
  approvals: RolloutFacts['approvals'],
  names: ReadonlyMap<string, string>,
): RolloutFacts['approvals'] {
  if (names.size === 0) return approvals;
  const inUse = new Set(names.values());
  const all = (clusters: readonly string[]) =>
    clusters.map((cluster) => (inUse.has(cluster) ? cluster : (names.get(cluster) ?? cluster)));
  return approvals.map(({ clusters, removals, ...approval }) => ({
    ...approval,
    ...(clusters !== undefined && { clusters: all(clusters) }),
    ...(removals !== undefined && { removals: all(removals) }),
  }));
}

/** What clusters that join in the middle of a rollout get until their wave has its turn: the revision that was healthy everywhere. */
function meanwhileAssignments(
  { placement, revisions, environment }: RolloutFacts,
  { revision, stable, direction, endedAt }: RolloutRecord,
  current: readonly PlacedAssignment[],
): ReadonlyMap<string, Assignment> {
  const proven = stable === revision ? undefined : revisions.find(({ name }) => name === stable);
  if (proven === undefined || direction === 'Back' || endedAt !== undefined) return new Map();
  const present = new Set(current.map(({ assignment }) => assignment.cluster));
  const joining = placement.chosen.filter(({ facts: { name } }) => !present.has(name));
  if (joining.length === 0) return new Map();
  const { filters } = compileFilters(proven.content.overrides);
  const compiled = compileRevision(proven.content);
  return desiredAssignments(proven.name, compiled, filters, joining, environment, placement.chosen).assignments;
}
