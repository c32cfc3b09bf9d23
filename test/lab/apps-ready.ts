import { findCondition } from '../../functions/kube/object.ts';
import type { Api } from './api.ts';
import { waitUntil } from './wait-until.ts';

/** Returns a line for every App of the hub, "App boutique is Ready on 3 clusters", once all of them are. */
export async function appsReady(hub: Api, seconds = 300): Promise<readonly string[]> {
  return waitUntil(
    'every App to be Ready',
    async () => {
      const apps = await hub.list('crossply.dev/v1alpha1', 'App');
      const waiting = apps.filter((app) => findCondition(app, 'Ready')?.status !== 'True');
      const [first] = waiting;
      if (first !== undefined)
        throw new Error(`${first.metadata.name}: ${findCondition(first, 'Ready')?.message ?? 'not seen yet'}`);
      return apps.map(({ metadata, status }) => {
        const { clusters } = status as { clusters: { healthy: number } };
        return `App ${metadata.name} of ${metadata.namespace} is Ready on ${clusters.healthy} clusters`;
      });
    },
    { seconds, everyMs: 1000 },
  );
}
