import assert from 'node:assert/strict';
import type { Faults } from '../../cli/offline-hub/faults.ts';
import type { OfflineHub } from '../../cli/offline-hub/hub.ts';
import { seededRandom } from '../../cli/offline-hub/random.ts';
import { sayFinding } from '../referee/judging/finding.ts';
import { judge } from '../referee/judging/referee.ts';
import { Observer } from '../referee/stage/observer.ts';
import { deletions, endState } from './end-state.ts';
import { randomSchedule, type Step } from './schedule.ts';
import {
  clusters,
  createWatchedWorld,
  createWorld,
  type Functions,
  firstWishes,
  profileOf,
  settle,
  shopOf,
  startFunctions,
} from './world.ts';

/** How many courses the tests try in all; `npm run test:rough` tries 200. */
export const schedules = Number(process.env['ROUGH_SCHEDULES'] ?? 4);

const faults: Faults = {
  dropEvents: 0.1,
  shuffleApplyOrder: true,
  repeatCalls: 0.1,
  staleCalls: 0.1,
  coldSeeds: 0.1,
};

/**
 * Checks that random courses of edits, outages, lost events, stale and repeated calls end where the same edits end when all
 * goes well, and that on the way nothing is deleted that the edits did not ask for and no promise is broken. Every second seed, from the given one on.
 */
export async function checkSchedules(firstSeed: number): Promise<void> {
  const functions = await startFunctions();
  try {
    for (let seed = firstSeed; seed <= schedules; seed += 2) await checkSchedule(functions, seed);
  } finally {
    await functions.stop();
  }
}

/** Checks the course of one seed. */
export async function checkSchedule(functions: Functions, seed: number): Promise<void> {
  const steps = randomSchedule(seededRandom(seed), firstWishes);
  const calm = await calmRun(functions, steps);
  const { hub: rough, observer } = await roughRun(functions, steps, seed);
  try {
    assert.deepEqual(endState(rough), endState(calm));
    assert.deepEqual(judge(observer.timeline()).map(sayFinding), [], 'no promise is broken on the way');
    assert.deepEqual(rough.findings, [], 'equal requests get equal answers');
    const asked = deletions(calm);
    for (const [object, times] of deletions(rough)) {
      const expected = asked.get(object) ?? 0;
      assert.ok(times <= expected, `${object} was deleted ${times} times, asked for ${expected} times`);
    }
  } catch (error) {
    const course = steps.map(
      ({ does, cluster, seconds }) => `${does}${does === 'edit' ? '' : ` ${cluster}`} ${seconds}s`,
    );
    throw new Error(`seed ${seed}: ${course.join(', ')}`, { cause: error });
  } finally {
    calm.close();
    rough.close();
  }
}

/** The same edits one after the other, each left to come to rest, and nothing goes wrong. */
async function calmRun(functions: Functions, steps: readonly Step[]): Promise<OfflineHub> {
  const hub = await createWorld(functions);
  for (const step of steps.filter(({ does }) => does === 'edit')) {
    apply(hub, step);
    await settle(hub);
  }
  return hub;
}

async function roughRun(functions: Functions, steps: readonly Step[], seed: number) {
  const pollOnly = seed % 4 === 0;
  const watch = (hub: OfflineHub) => new Observer(hub, { kinds: ['Shop'], lagMs: 60_000, isWatched: !pollOnly });
  const { hub, watcher: observer } = await createWatchedWorld(
    functions,
    { faults: { ...faults, pollOnly }, seed },
    watch,
  );
  for (const step of steps) {
    if (step.does === 'edit') apply(hub, step);
    else observer.setCutOff(step.cluster, step.does === 'down');
    await hub.runFor(step.seconds);
  }
  for (const cluster of clusters) observer.setCutOff(cluster, false);
  await settle(hub);
  return { hub, observer };
}

function apply(hub: OfflineHub, { wishes }: Step): void {
  for (const object of [shopOf(wishes), ...clusters.map((cluster) => profileOf(cluster, wishes))]) {
    assert.equal(hub.apply(object).problems, undefined);
  }
}
