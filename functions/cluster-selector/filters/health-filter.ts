import { type Filter, mismatch } from './filter.ts';

/** Keeps new work away from clusters whose control plane is not healthy; what runs there is a matter of fail-over. */
export const healthFilter: Filter = {
  name: 'Health',
  newWork: ({ isHealthy }) => (isHealthy ? undefined : mismatch('unhealthy', 'a healthy control plane')),
};
