import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** Returns the folder for what is expensive to make or fetch again: CROSSPLY_CACHE, else .cache in this project; it exists. */
export function cacheFolder(...names: string[]): string {
  const root = process.env['CROSSPLY_CACHE'] ?? join(import.meta.dirname, '..', '.cache');
  const folder = resolve(root, ...names);
  mkdirSync(folder, { recursive: true });
  return folder;
}
