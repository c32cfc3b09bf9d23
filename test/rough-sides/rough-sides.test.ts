import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Faults } from '../../cli/offline-hub/faults.ts';
import type { OfflineHub } from '../../cli/offline-hub/hub.ts';
import { seededRandom } from '../../cli/offline-hub/random.ts';
import { deletions, endState } from './end-state.ts';
import { randomSchedule, type Step } from './schedule.ts';
import { appOf, clusters, createWorld, firstWishes, profileOf, settle, startFunctions } from './world.ts';

const schedules = 200;

const faults: Faults = { dropEvents: 0.1, shuffleApplyOrder: true, repeatCalls: 0.1, staleCalls: 0.1, coldSeeds: 0.1 };

let functions: Awaited<ReturnType<typeof startFunctions>>;

before(async () => {
  functions = await startFunctions();
});

after(() => functions.stop());

function apply(hub: OfflineHub, { wishes }: Step): void {
  for (const object of [appOf(wishes), ...clusters.map((cluster) => profileOf(cluster, wishes))]) {
    assert.equal(hub.apply(object).problems, undefined);
  }
}

/** The same edits one after the other, each left to come to rest, and nothing goes wrong. */
async function calmRun(steps: readonly Step[]): Promise<OfflineHub> {
  const hub = await createWorld(functions);
  for (const step of steps.filter(({ does }) => does === 'edit')) {
    apply(hub, step);
    await settle(hub);
  }
  return hub;
}

async function roughRun(steps: readonly Step[], seed: number): Promise<OfflineHub> {
  const hub = await createWorld(functions, { faults: { ...faults, pollOnly: seed % 4 === 0 }, seed });
  for (const step of steps) {
    if (step.does === 'edit') apply(hub, step);
    else hub.setMemberDown(step.cluster, step.does === 'down');
    await hub.runFor(step.seconds);
  }
  for (const cluster of clusters) hub.setMemberDown(cluster, false);
  await settle(hub);
  return hub;
}

test(`${schedules} courses of edits, outages, lost events, stale and repeated calls end where the calm ones do`, async () => {
  for (let seed = 1; seed <= schedules; seed++) {
    const steps = randomSchedule(seededRandom(seed), firstWishes);
    const [calm, rough] = [await calmRun(steps), await roughRun(steps, seed)];
    try {
      assert.deepEqual(endState(rough), endState(calm));
      assert.deepEqual(rough.findings, [], 'equal requests get equal answers');
      const asked = deletions(calm);
      for (const [object, times] of deletions(rough)) {
        assert.ok(times <= (asked.get(object) ?? 0), `${object} was deleted ${times} times, asked ${asked.get(object) ?? 0}`);
      }
    } catch (error) {
      throw new Error(`seed ${seed}: ${steps.map(({ does, cluster }) => (does === 'edit' ? does : `${does} ${cluster}`)).join(', ')}`, { cause: error });
    } finally {
      calm.close();
      rough.close();
    }
  }
});
