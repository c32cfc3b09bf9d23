import type { RolloutPlan } from '../../functions/fan-out/rollout-facts.ts';
import { shortRevision } from '../../functions/revision/revision-content.ts';
import { seenClusters } from './call.ts';
import { deliverAll, reportHealth } from './delivery-model.ts';
import { applyPlan, approve } from './events.ts';
import { type Distortion, planWorld } from './plan-world.ts';
import type { Scenario, World } from './world.ts';
import { type AgeLimits, worldKey } from './world-key.ts';

/** Most rounds of call, delivery and recovery that a rollout may need once all goes well. */
const mostRounds = 40;

const nothingMore = { edits: 0, placements: 0, troubles: 0, outages: 0, cords: 0, approvals: 0, staleReads: 0 };

/**
 * Returns a function that tells why a rollout would never complete, if from some world on every cluster is reachable and
 * gets healthy, everything is approved of and no cord is pulled. Worlds on the way of others are not followed again.
 */
export function progressOf(
  scenario: Scenario,
  limits: AgeLimits,
  distort?: Distortion,
): { readonly explainStuck: (world: World) => string | undefined; readonly finish: (world: World) => World } {
  const completing = new Set<string>();
  const follow = (begin: World, onEnd?: (world: World, plan: RolloutPlan) => void): string | undefined => {
    let world = reportHealth({
      ...begin,
      budget: nothingMore,
      isCordPulled: false,
      away: [],
      outdated: [],
      isHanging: false,
    });
    const visited: string[] = [];
    for (let round = 0; round < mostRounds; round++) {
      const key = worldKey(world, limits, scenario);
      visited.push(key);
      const isKnown = completing.has(key);
      const plan = isKnown ? undefined : planWorld(world, world.slices, scenario, distort);
      if (plan === undefined || isComplete(world, plan, scenario)) {
        for (const each of visited) completing.add(each);
        if (plan !== undefined) onEnd?.(world, plan);
        return undefined;
      }
      const next = goOn(giveApprovals(world, plan), plan);
      const isSame = worldKey(next, limits, scenario) === key;
      const time = plan.moves.nextDecisionAt;
      if (isSame && time === undefined) return `stuck: ${explain(plan)}`;
      world = isSame && time !== undefined ? { ...next, now: time } : next;
    }
    return `not complete after ${mostRounds} rounds`;
  };
  return {
    explainStuck: (world) => follow(world),
    finish(world) {
      let end: World | undefined;
      const stuck = follow(world, (last, plan) => {
        end = deliverAll(applyPlan(last, [], plan));
      });
      if (end === undefined) throw new Error(stuck);
      return end;
    },
  };
}

/** One call is applied and delivered, and all members do what they are told. */
function goOn(world: World, plan: RolloutPlan): World {
  const delivered = deliverAll(applyPlan(world, [], plan));
  const leaving = new Set(
    delivered.slices.flatMap(({ key, reported }) =>
      reported.flatMap(({ cluster, phase }) => (phase === 'Leaving' ? [`${key}/${cluster}`] : [])),
    ),
  );
  const running = delivered.running
    .filter(({ sliceKey, cluster }) => !leaving.has(`${sliceKey}/${cluster}`))
    .map((each) => ({ ...each, health: 'Healthy' as const }));
  return { ...reportHealth({ ...delivered, running }), outdated: [] };
}

/** Approves of what waits for approval, in the second after it was asked for: it takes a while to read it. */
function giveApprovals(world: World, plan: RolloutPlan): World {
  const { target, moves } = plan;
  if (target === undefined) return world;
  const waves = moves.waves.filter(({ approvals }) => approvals !== undefined);
  const later = { ...world, now: world.now + 1000 };
  const approved = waves.reduce(
    (next, { name }) => approve(next, plan, { wave: name }),
    waves.length > 0 ? later : world,
  );
  const valid = world.approvals.filter(({ revision }) => revision === shortRevision(target.name));
  const isHeld = moves.held.length > 0 && !valid.some(({ removals }) => removals?.join() === moves.held.join());
  return isHeld ? approve(approved, plan, { removals: moves.held }) : approved;
}

function isComplete(world: World, plan: RolloutPlan, { refused = [] }: Scenario): boolean {
  const seen = seenClusters(world.slices);
  const { moves, record, target } = plan;
  return (
    moves.set.length === 0 &&
    moves.leave.length === 0 &&
    (record?.endedAt !== undefined || refused.length > 0) &&
    seen.size === world.chosen.length &&
    world.chosen.every((name) => {
      const cluster = seen.get(name);
      if (refused.includes(name)) return true;
      return cluster?.isHealthy === true && cluster.revision === target?.name;
    })
  );
}

function explain({ moves, record, target }: RolloutPlan): string {
  const reasons = [...moves.waiting].map(([cluster, reason]) => `${cluster} ${reason}`).join(', ');
  const waves = moves.waves.map(({ name, state, message = '' }) => `${name} ${state} ${message}`).join(', ');
  const content = target?.content.templates['config']?.metadata.name;
  return `to ${content}, ${record?.endedAt === undefined ? 'not ended' : 'ended'} ${moves.outcome}; ${reasons}; ${waves}`;
}
