import type { Revision } from '../revision/revision-content.ts';

/** How many Revisions beyond those in use are kept, and how many bytes of them: every response has to carry them all. */
const historyLimit = 5;
const historyBytes = 1024 * 1024;

/**
 * Returns the Revisions to keep, newest first: the target, every one that an observed or desired assignment uses (core
 * removes what is not desired before it applies, so one still in use by either side must stay), and a bounded history.
 */
export function revisionsToKeep(
  observed: readonly Revision[],
  target: Revision | undefined,
  inUse: ReadonlySet<string>,
): readonly Revision[] {
  const all = new Map(observed.map((revision) => [revision.name, revision]));
  if (target !== undefined) all.set(target.name, target);
  const newestFirst = [...all.values()].sort((a, b) => b.number - a.number || (a.name < b.name ? -1 : 1));
  const kept: Revision[] = [];
  let history = 0;
  let bytes = 0;
  for (const revision of newestFirst) {
    if (revision.name !== target?.name && !inUse.has(revision.name)) {
      const size = JSON.stringify(revision.content).length;
      if (history >= historyLimit || bytes + size > historyBytes) continue;
      history++;
      bytes += size;
    }
    kept.push(revision);
  }
  return kept;
}
