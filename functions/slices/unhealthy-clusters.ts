import type { AssignmentSliceSpec, AssignmentStatus } from '../generated/types.ts';

/** A cluster that the inventory calls unhealthy, and since when if that is known. */
export type UnhealthyCluster = NonNullable<AssignmentSliceSpec['unhealthy']>[number];

/** What the inventory says of a cluster now. */
export type ClusterHealth = UnhealthyCluster & { readonly isHealthy: boolean };

/** Returns which of some clusters the inventory calls unhealthy; one that it does not speak of stays what it was called last. */
export function unhealthyClusters(
  clusters: readonly string[],
  health: readonly ClusterHealth[],
  before: readonly UnhealthyCluster[],
): readonly UnhealthyCluster[] {
  return clusters.toSorted().flatMap((cluster) => {
    const said = health.find((each) => each.cluster === cluster);
    if (said === undefined) return before.find((each) => each.cluster === cluster) ?? [];
    return said.isHealthy ? [] : [{ cluster, ...(said.since !== undefined && { since: said.since }) }];
  });
}

/** What a report says of how a cluster fares. */
type Fare = Pick<AssignmentStatus, 'phase' | 'messages'>;

/** What the inventory's word overrules: a refusal was an answer, and what waits or leaves does so for a reason of its own. */
const overruled: readonly Fare['phase'][] = ['Healthy', 'Unhealthy', 'Applying', 'Unreachable'];

/** As many as a status may list. */
const maxMessages = 3;

/** Returns a report in which a cluster that the inventory calls unhealthy is no longer healthy, and which says so first; what its objects say may be as old as its silence. */
export function heedInventory<Report extends Fare>(report: Report, unhealthy: UnhealthyCluster | undefined): Report {
  if (unhealthy === undefined || report.phase === 'Left') return report;
  const word = inventoryWord(unhealthy);
  const [first, ...rest] = report.messages;
  if (overruled.includes(report.phase)) {
    const others = report.messages.filter((message) => message !== word);
    return { ...report, phase: 'Unreachable', messages: [word, ...others].slice(0, maxMessages) };
  }
  if (first === undefined) return { ...report, messages: [word] };
  return first.endsWith(word) ? report : { ...report, messages: [`${first}; ${word}`, ...rest] };
}

function inventoryWord({ since }: UnhealthyCluster): string {
  return `the inventory says it is unhealthy${since === undefined ? '' : ` since ${since}`}`;
}
