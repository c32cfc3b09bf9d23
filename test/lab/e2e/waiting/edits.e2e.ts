import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { patience, waitUntil } from '../../wait-until.ts';
import { editedDeployments, manyClusters, sixManifests } from '../many-clusters.ts';
import { runningLab } from '../running-lab.ts';
import { app, createScenario, crossplyKey } from '../scenario.ts';

/**
 * Core drops an App's own edit while its circuit breaker is open, and on default flags creating a few clusters opens it.
 * The functions ask to be called again soon; this is how soon an edit has to show in the first cluster on a calm machine,
 * whenever it comes.
 */
const seconds = 40;
const editsAfterSeconds = [10, 60, 200];

suite('an edit is seen while core drops events', { concurrency: true }, () => {
  for (const count of [5, 50]) {
    test(`an edit shows within ${seconds} s, at any time after creating ${count} clusters with 6 manifests each`, async () => {
      const name = `edits${count}`;
      const scenario = await createScenario(runningLab(), name, { clusters: manyClusters(name, count) });
      const { hub } = scenario.lab;
      await hub.apply(app(scenario, 'shop', sixManifests(0)));
      const created = Date.now();
      for (const [index, after] of editsAfterSeconds.entries()) {
        await delay(created + after * 1000 - Date.now());
        const edit = index + 1;
        await hub.apply(app(scenario, 'shop', sixManifests(edit)));
        const edited = Date.now();
        const isThere = async () => ((await editedDeployments(scenario, edit)).length > 0 ? true : undefined);
        await waitUntil(`an edit ${after} s after creation to show`, isThere, { seconds: 120 });
        const took = (Date.now() - edited) / 1000;
        const { status } = await hub.get(crossplyKey('App', scenario.tenant, 'shop'));
        assert.ok(
          took <= seconds * patience,
          `an edit ${after} s after creation took ${took} s to show: ${JSON.stringify(status)}`,
        );
      }
    });
  }
});
