import type { RolloutPlan } from '../../functions/fan-out/rollout-facts.ts';
import { shortRevision } from '../../functions/revision/revision-content.ts';
import { deliverAll, reportHealth } from './delivery-model.ts';
import type { Budget, Running, Scenario, World } from './world.ts';

/** Something that happens without FanOut. */
export type Event = { readonly name: string; readonly after: World };

/** Returns everything that can happen next, each with the world after it; `plan` is what a call would decide now. */
export function eventsIn(world: World, plan: RolloutPlan, scenario: Scenario): readonly Event[] {
  const time = plan.moves.nextDecisionAt;
  return [
    { name: 'delivery looks', after: deliverAll(world) },
    ...(time === undefined ? [] : [{ name: 'time passes until the next decision', after: { ...world, now: time } }]),
    ...world.running.flatMap((runs) => memberEvents(world, runs)),
    ...outages(world),
    ...people(world, plan, scenario),
    ...(scenario.readsHang === true && !world.isHanging && world.budget.staleReads > 0
      ? [{ name: 'a read hangs', after: { ...world, outdated: world.slices, isHanging: true } }]
      : []),
  ];
}

/** Returns the world after FanOut's answer has been applied; slices that it no longer asks for go, with what they hold. */
export function applyPlan(world: World, read: World['slices'], { slices, revisions }: RolloutPlan): World {
  const standing = new Map(world.slices.map((slice) => [slice.key, slice]));
  const next = slices.map(({ key, clusterSet, assignments, rollout }) => {
    const { reported = [], repeated } = standing.get(key) ?? {};
    return {
      ...{ key, clusterSet, assignments, reported },
      ...(rollout !== undefined && { rollout }),
      ...(repeated !== undefined && { repeated }),
    };
  });
  const keys = new Set(next.map(({ key }) => key));
  const isChanged = JSON.stringify(next) !== JSON.stringify(world.slices);
  return {
    ...world,
    ...{ slices: next, revisions, outdated: isChanged && !world.isHanging ? read : world.outdated },
    running: world.running.filter(({ sliceKey }) => keys.has(sliceKey)),
  };
}

/** Returns the world with one thing fewer that may happen. */
export function spend(world: World, kind: keyof Budget): World {
  return { ...world, budget: { ...world.budget, [kind]: world.budget[kind] - 1 } };
}

function memberEvents(world: World, runs: Running): readonly Event[] {
  const { cluster, sliceKey, health } = runs;
  const status = world.slices.find(({ key }) => key === sliceKey)?.reported.find((each) => each.cluster === cluster);
  if (world.away.includes(cluster)) return [];
  const others = world.running.filter((each) => each !== runs);
  const become = (next: Running['health']) =>
    reportHealth({
      ...world,
      running: world.running.map((each) => (each === runs ? { ...runs, health: next } : each)),
    });
  if (status?.phase === 'Leaving') {
    return [{ name: `nothing is left on ${cluster}`, after: reportHealth({ ...world, running: others }) }];
  }
  return [
    ...(health === 'Healthy' ? [] : [{ name: `${cluster} gets healthy`, after: become('Healthy') }]),
    ...(health === 'Unhealthy' || world.budget.troubles === 0
      ? []
      : [{ name: `${cluster} gets unhealthy`, after: spend(become('Unhealthy'), 'troubles') }]),
  ];
}

function outages(world: World): readonly Event[] {
  const back = world.away.map((cluster) => ({ name: `${cluster} comes back`, after: comeBack(world, cluster) }));
  const lost = world.budget.outages === 0 ? [] : world.running.filter(({ cluster }) => !world.away.includes(cluster));
  return [
    ...back,
    ...lost.map(({ cluster }) => ({
      name: `${cluster} is lost`,
      after: spend(reportHealth({ ...world, away: [...world.away, cluster].sort() }), 'outages'),
    })),
  ];
}

/** Returns the world with a cluster back. */
export function comeBack(world: World, cluster: string): World {
  return reportHealth({ ...world, away: world.away.filter((each) => each !== cluster) });
}

function people(world: World, plan: RolloutPlan, { contents, placements, rollout }: Scenario): readonly Event[] {
  const { budget, content, chosen, isCordPulled } = world;
  const waves = (rollout.waves ?? []).filter(({ approval }) => approval !== undefined).map(({ name }) => name);
  return [
    ...(budget.edits === 0 ? [] : contents)
      .filter((each) => each !== content)
      .map((each) => ({ name: `edit to ${each}`, after: spend({ ...world, content: each }, 'edits') })),
    ...(budget.placements === 0 ? [] : placements)
      .filter((each) => each.join() !== chosen.join())
      .map((each) => ({ name: `placement ${each}`, after: spend({ ...world, chosen: each }, 'placements') })),
    ...(isCordPulled ? [{ name: 'cord released', after: { ...world, isCordPulled: false } }] : []),
    ...(isCordPulled || budget.cords === 0
      ? []
      : [{ name: 'cord pulled', after: spend({ ...world, isCordPulled: true }, 'cords') }]),
    ...(budget.approvals === 0 ? [] : waves).map((wave) => ({
      name: `wave ${wave} approved`,
      after: spend(approve(world, plan, { wave }), 'approvals'),
    })),
  ];
}

/** Returns the world with an Approval, by somebody who may give it, of what is to be rolled out now. */
export function approve(
  world: World,
  { target }: RolloutPlan,
  what: { readonly wave: string } | { readonly removals: readonly string[] },
): World {
  const revision = shortRevision(target?.name ?? '');
  const uid = `approval-${world.approvals.length}`;
  return {
    ...world,
    approvals: [...world.approvals, { ...what, revision, uid, approver: 'eve', createdAt: world.now }],
  };
}
