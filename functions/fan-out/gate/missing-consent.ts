import { shortRevision } from '../../revision/revision-content.ts';
import type { Ask } from './ask-approvals.ts';
import type { WaveProgress } from './moves.ts';
import type { Consent } from './read-consent.ts';

/** What people have yet to say before clusters of a wave may change. */
export type MissingConsent = {
  readonly message: string;
  readonly approvals?: NonNullable<WaveProgress['approvals']>;
};

/** How many clusters a status names to those who approve. */
const maxClusters = 1000;

/** Returns what people have yet to say to what a wave asks, or what they have said against it; nothing when enough have agreed. */
export function missingConsent(
  ask: Ask | undefined,
  revision: string,
  { approvers, rejections, ignored }: Consent,
): MissingConsent | undefined {
  if (ask === undefined) return undefined;
  const { wave, quorum, waiting, changed } = ask;
  const rejection = rejections.get(wave);
  if (rejection !== undefined) return { message: rejection };
  const given = approvers.get(wave)?.length ?? 0;
  if (given >= quorum) return undefined;
  const again = changed === undefined ? '' : `, again since ${changed}`;
  const waits = `waits for ${quorum - given} of ${quorum} approvals of revision ${shortRevision(revision)}${again}`;
  const flaw = ignored.get(wave);
  return {
    message: flaw === undefined ? waits : `${waits}; ${flaw}`,
    approvals: {
      ...{ given, wanted: quorum, clusters: [...waiting].sort().slice(0, maxClusters) },
      ...(changed !== undefined && { changed }),
    },
  };
}
