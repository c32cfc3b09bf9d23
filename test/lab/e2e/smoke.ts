import assert from 'node:assert/strict';
import { isDeepStrictEqual } from 'node:util';
import type { Lab } from '../lab.ts';
import { waitUntil } from '../wait-until.ts';
import { imageOf } from './deployment-of.ts';
import { rolledOut } from './rollout.ts';
import { app, createScenario, crossplyKey } from './scenario.ts';

/** Applies, changes and prunes a small App on a lab, looking at its members, and deletes it; fails when anything is not as it should be. */
export async function smoke(lab: Lab): Promise<void> {
  const clusters = [
    { name: 'smoke-1', member: 'member-1' },
    { name: 'smoke-2', member: 'member-2' },
  ] as const;
  const scenario = await createScenario(lab, 'smoke', { clusters });
  const { hub, members } = lab;
  const images = async () => {
    const deployments = await Promise.all(
      clusters.map(({ member }) =>
        members[member].list('apps/v1', 'Deployment', { namespace: scenario.memberNamespace }),
      ),
    );
    return deployments.map((each) => each.map(imageOf).sort());
  };
  const withImages = (components: readonly string[]) =>
    app(scenario, 'shop', {
      deletionPolicy: 'Delete',
      components: components.map((image) => ({ name: image.split(':')[0] ?? '', image, replicas: 1 })),
    });

  await rolledOut(scenario, withImages(['web:1', 'api:1']), 2);
  assert.deepEqual(await images(), [
    ['api:1', 'web:1'],
    ['api:1', 'web:1'],
  ]);

  await rolledOut(scenario, withImages(['web:2', 'api:1']), 2);
  assert.deepEqual(await images(), [
    ['api:1', 'web:2'],
    ['api:1', 'web:2'],
  ]);

  await rolledOut(scenario, withImages(['web:2']), 2);
  // The App does not wait for what it no longer has: provider-kubernetes deletes it a moment later.
  await waitUntil('the component to be pruned', async () =>
    isDeepStrictEqual(await images(), [['web:2'], ['web:2']]) ? true : undefined,
  );

  await hub.delete(crossplyKey('App', scenario.tenant, 'shop'));
  await waitUntil('the members to be without the App', async () =>
    (await images()).flat().length === 0 ? true : undefined,
  );
}
