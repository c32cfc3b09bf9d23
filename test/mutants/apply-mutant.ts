import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Mutant } from './mutant.ts';

/** Returns a file with the fault in it; throws when the text that it replaces does not stand there exactly once. */
export function withFault(
  root: string,
  { file, from, to, what }: Pick<Mutant, 'file' | 'from' | 'to' | 'what'>,
): string {
  const text = readFileSync(join(root, file), 'utf8');
  const count = text.split(from).length - 1;
  if (count !== 1) throw new Error(`${what}: ${JSON.stringify(from)} stands ${count} times in ${file}`);
  return text.replace(from, () => to);
}

/** Puts a fault into a copy of the repository. */
export function putFault(root: string, mutant: Mutant): void {
  writeFileSync(join(root, mutant.file), withFault(root, mutant));
}
