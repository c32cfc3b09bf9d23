import assert from 'node:assert/strict';
import { waitUntil } from '../wait-until.ts';
import type { Scenario } from './scenario.ts';
import { type ScenarioChanges, type ScenarioObjects, scenarioChanges, scenarioObjects } from './scenario-objects.ts';

/** What the clusters of a scenario held when a test looked last, to tell what the next step changed. */
export class LastLook {
  readonly #scenario: Scenario;
  #objects: ScenarioObjects;

  private constructor(scenario: Scenario, objects: ScenarioObjects) {
    this.#scenario = scenario;
    this.#objects = objects;
  }

  static async at(scenario: Scenario): Promise<LastLook> {
    return new LastLook(scenario, await scenarioObjects(scenario));
  }

  /**
   * Waits until the clusters differ from the last look in exactly what is said, and then until the hub says that all is
   * done; they must differ in exactly that still, and from then on this look counts.
   */
  async expect(changes: ScenarioChanges, done: () => Promise<unknown> = async () => {}): Promise<void> {
    await waitUntil(
      `the members of ${this.#scenario.tenant} to have changed as expected`,
      async () => {
        assert.deepEqual(scenarioChanges(this.#objects, await scenarioObjects(this.#scenario)), changes);
        return true;
      },
      { seconds: 300, everyMs: 1000 },
    );
    await done();
    const now = await scenarioObjects(this.#scenario);
    const seen = scenarioChanges(this.#objects, now);
    this.#objects = now;
    assert.deepEqual(seen, changes);
  }
}
