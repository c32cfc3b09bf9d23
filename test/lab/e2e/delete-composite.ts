import type { Api, ObjectKey } from '../api.ts';
import { waitUntil } from '../wait-until.ts';

/** Deletes a protected composite as people do: allows it, tries until the protection has gone, and waits until it is gone. */
export async function deleteComposite(hub: Api, key: ObjectKey): Promise<void> {
  await hub.patch(key, { spec: { deletionPolicy: 'Delete' } });
  const what = `${key.kind} ${key.namespace}/${key.name}`;
  await waitUntil(`${what} to let itself be deleted`, async () => {
    await hub.delete(key);
    return true;
  });
  await waitUntil(`${what} to be gone`, async () => (await hub.find(key)) === undefined || undefined, { seconds: 300 });
}
