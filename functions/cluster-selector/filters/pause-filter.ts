import type { Candidate } from '../../clusters/cluster-facts.ts';
import { type Filter, mismatch } from './filter.ts';

/** Keeps new work away from clusters on which nothing may change for now; what runs there stays. */
export const pauseFilter: Filter = {
  name: 'Pause',
  newWork(candidate) {
    const reason = whyPaused(candidate);
    return reason === undefined ? undefined : mismatch(reason);
  },
};

/** Returns why nothing may change on a cluster, as `paused in ClusterSet prod-eu: maintenance until Friday`; nothing for one that is not paused. */
export function whyPaused({ clusterSet, paused }: Pick<Candidate, 'clusterSet' | 'paused'>): string | undefined {
  return paused === undefined ? undefined : `paused in ClusterSet ${clusterSet.name}: ${paused}`;
}
