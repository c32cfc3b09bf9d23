import { compareVersions, parseVersion } from '../clusters/version.ts';
import type { Owner, Revision, RevisionContent } from '../revision/revision-content.ts';
import { revisionName } from '../revision/revision-content.ts';

/** The Revision that clusters should move to, and why it is not the one that was rendered, if so. */
export type Target = { readonly revision: Revision; readonly keptBecause?: string };

/** Returns the newest of the Revisions that exist. */
export function newestRevision(revisions: readonly Revision[]): Revision | undefined {
  return revisions.toSorted((a, b) => b.number - a.number || (a.name < b.name ? -1 : 1))[0];
}

/**
 * Returns the Revision of a content: the existing one with the same hash, else a new one after the newest. A renderer that
 * is older than the one recorded in the newest Revision supersedes nothing: two function pods of different versions may
 * answer in turn, and the fleet must not swing between them. `acceptedRenderer` names the version that may all the same.
 */
export function chooseTarget(
  owner: Owner,
  content: RevisionContent,
  revisions: readonly Revision[],
  acceptedRenderer: string | undefined,
): Target {
  const name = revisionName(owner, content);
  const existing = revisions.find((revision) => revision.name === name);
  const newest = newestRevision(revisions);
  if (newest?.name === name) return { revision: newest };
  const ours = content.renderer;
  const theirs = newest?.content.renderer;
  const isOutdated = ours?.name === theirs?.name && isOlder(ours?.version, theirs?.version);
  if (newest !== undefined && isOutdated && ours?.version !== acceptedRenderer) {
    return {
      revision: newest,
      keptBecause: `revision ${newest.name} was rendered by ${theirs?.name} ${theirs?.version}, newer than ${ours?.version} that serves now; to roll the function back on purpose, set the annotation crossply.dev/accept-renderer: "${ours?.version}"`,
    };
  }
  return { revision: { name, number: (newest?.number ?? 0) + 1, content: existing?.content ?? content } };
}

/** Tells whether a version comes before another; a text that is no version comes before all that are, so that two servers never take turns. */
function isOlder(ours: string | undefined, theirs: string | undefined): boolean {
  const [one, other] = [parseVersion(ours ?? ''), parseVersion(theirs ?? '')];
  if (one === undefined || other === undefined) return other !== undefined;
  return compareVersions(one, other) < 0;
}
