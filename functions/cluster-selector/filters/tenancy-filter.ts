import { type Filter, mismatch } from './filter.ts';

/** Label with which a ClusterProfile says that its cluster is for the composites of one hub namespace only. */
export const tenantLabel = 'crossply.dev/tenant';

/** Returns the filter that keeps the composites of a hub namespace off clusters that are there for another one. */
export function tenancyFilter(hubNamespace: string): Filter {
  return {
    name: 'Tenancy',
    newWork({ facts: { labels } }) {
      const tenant = labels[tenantLabel];
      return tenant === undefined || tenant === hubNamespace ? undefined : mismatch(`kept for ${tenant}`);
    },
  };
}
