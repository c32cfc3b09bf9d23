import type { Api } from './api.ts';
import { readObjects } from './read-objects.ts';

/** Applies every object of a file, or of all files in a folder, in the order of their names. */
export async function applyFile(api: Api, path: string): Promise<void> {
  for (const object of readObjects(path)) await api.apply(object);
}
