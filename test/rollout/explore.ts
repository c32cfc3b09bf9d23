import type { RolloutPlan } from '../../functions/fan-out/rollout-facts.ts';
import { formatDuration } from '../../functions/kube/duration.ts';
import type { Call } from './call.ts';
import { type Check, checks } from './checks.ts';
import { applyPlan, eventsIn, spend } from './events.ts';
import { judged } from './judged-call.ts';
import { seeBeginnings, seeHealth } from './oracle-memory.ts';
import { oraclePolicy } from './oracle-policy.ts';
import { type Distortion, planWorld } from './plan-world.ts';
import { progressOf } from './progress.ts';
import { emptyWorld, type Scenario, type World } from './world.ts';
import { worldKey } from './world-key.ts';

/** Something that must not happen, and how to get there. */
export type Violation = { readonly check: string; readonly reason: string; readonly path: readonly string[] };

/** What came of exploring a scenario; violations are told once for each check, by a shortest path. */
export type Exploration = {
  readonly states: number;
  readonly calls: number;
  readonly violations: readonly Violation[];
};

/** Name of the check that every rollout can still complete. */
export const progressCheck = 'from every state the rollout completes when all goes well';

type Node = { readonly world: World; readonly from?: Node; readonly by: string };

/**
 * Returns what came of going through every world that a scenario can lead to, nearest first. In each, a call reads the
 * slices as they are, or as an earlier call had read them; a call whose answer is lost is one that never was, and one that
 * is repeated is the next call. With `until`, it ends as soon as that check has been violated.
 */
export function explore(scenario: Scenario, distort?: Distortion, until?: string): Exploration {
  const { waves, skipsUnreachable } = oraclePolicy(scenario);
  const limits = {
    healthyMs: Math.max(...waves.map(({ soakMs }) => soakMs)),
    movingMs: Math.max(...waves.map(({ deadlineMs }) => deadlineMs)),
  };
  const progress = progressOf(scenario, limits, distort);
  const begin = beginning(scenario, limits);
  const visited = new Set([worldKey(begin, limits, scenario)]);
  const queue: Node[] = [{ world: begin, by: 'begin' }];
  const violations = new Map<string, Violation>();
  const report = (check: string, reason: string | undefined, node: Node) => {
    if (reason !== undefined && !violations.has(check)) violations.set(check, { check, reason, path: pathTo(node) });
  };
  let calls = 0;
  const visit = ({ world, ...rest }: Node) => {
    const node: Node = { ...rest, world: { ...world, memory: seeHealth(world.memory, world, skipsUnreachable) } };
    const key = worldKey(node.world, limits, scenario);
    if (visited.has(key)) return;
    visited.add(key);
    queue.push(node);
  };
  const judge = (call: Call, by: string, from: Node) => {
    calls++;
    const node = { world: call.after, from, by };
    for (const [name, check] of Object.entries<Check>(checks)) report(name, check(call), node);
    const { set, target } = judged(call);
    const begins = set.flatMap(({ cluster, revision }) => (revision === target ? [cluster] : []));
    const memory = seeBeginnings(call.before.memory, target, begins);
    visit({ ...node, world: { ...call.after, memory } });
  };
  for (let next = 0; next < queue.length; next++) {
    const node = queue[next];
    if (node === undefined || (until !== undefined && violations.has(until))) break;
    const { world } = node;
    report(progressCheck, progress.explainStuck(world), node);
    const plan = planWorld(world, world.slices, scenario, distort);
    judge(callOf(world, world, plan, scenario), 'call', node);
    if (world.budget.staleReads > 0 && world.outdated !== world.slices) {
      const read = world.outdated;
      const late = planWorld(world, read, scenario, distort);
      judge(callOf(spend(world, 'staleReads'), { slices: read }, late, scenario), 'call with an outdated read', node);
    }
    for (const { name, after } of eventsIn(world, plan, scenario)) visit({ world: after, from: node, by: name });
  }
  return { states: visited.size, calls, violations: [...violations.values()] };
}

function beginning(scenario: Scenario, limits: { readonly healthyMs: number; readonly movingMs: number }): World {
  const empty = emptyWorld(scenario);
  if (!scenario.beginsSettled) return empty;
  const settled = progressOf(scenario, limits).finish(empty);
  const target = settled.running[0]?.revision ?? '';
  const memory = { target, begun: [], stable: target, isOver: true };
  return { ...settled, memory, budget: scenario.budget, outdated: settled.slices, approvals: [] };
}

function callOf(before: World, { slices: read }: Pick<World, 'slices'>, plan: RolloutPlan, scenario: Scenario): Call {
  return { before, read, isOutdated: read !== before.slices, plan, after: applyPlan(before, read, plan), scenario };
}

function pathTo(node: Node): readonly string[] {
  const path: string[] = [];
  for (let at: Node | undefined = node; at !== undefined; at = at.from) {
    path.push(
      at.from === undefined || at.from.world.now === at.world.now
        ? at.by
        : `${at.by} (${formatDuration(at.world.now - at.from.world.now)})`,
    );
  }
  return path.reverse();
}
