import { join } from 'node:path';
import type { KubeObject } from '../../functions/kube/object.ts';
import { readDocuments } from './documents.ts';

/** The root of this package, where the kinds and Compositions lie. */
const root = join(import.meta.dirname, '..', '..');

/** Returns the definitions of our kinds and their Compositions, as the Configuration package installs them. */
export function builtInPackages(): {
  readonly definitions: readonly KubeObject[];
  readonly compositions: readonly KubeObject[];
} {
  const objects = (folder: string) => readDocuments(join(root, folder)).documents.map(({ object }) => object);
  return { definitions: objects('xrds'), compositions: objects('compositions') };
}
