import assert from 'node:assert/strict';
import type { Candidate } from '../clusters/cluster-facts.ts';
import type { Placement as PlacementSpec } from '../generated/types.ts';
import { compilePolicy, type PolicySurroundings } from './compile-policy.ts';
import { type Outcome, place } from './place.ts';
import type { Present } from './placement.ts';

const eu = { namespace: 'platform', name: 'eu' };
/** The time of all tests. */
export const now = Date.UTC(2026, 0, 1, 0, 10);
/** Returns the instant some minutes before. */
export const minutesAgo = (minutes: number) => now - minutes * 60_000;

/** Returns a healthy cluster without labels. */
export const candidate = (name: string, more: Partial<Candidate> = {}): Candidate => ({
  facts: { name, labels: {}, properties: {}, version: 'v1.35.0', set: 'eu' },
  clusterSet: eu,
  clusterProfile: { namespace: 'fleet', name },
  providerConfig: { kind: 'ClusterProviderConfig', name },
  isHealthy: true,
  taints: [],
  ...more,
});

/** Returns a healthy cluster with the label region. */
export const inRegion = (name: string, region: string, more: Partial<Candidate> = {}): Candidate => {
  const plain = candidate(name, more);
  return { ...plain, facts: { ...plain.facts, labels: { region } } };
};

/** Returns a cluster that runs the composite and is healthy with it. */
export const present = (cluster: string, more: Partial<Present> = {}): Present => ({
  cluster,
  clusterSet: eu,
  leaving: false,
  isHealthy: true,
  replicas: {},
  ...more,
});

const surroundings: PolicySurroundings = { readableSets: [eu], orderKey: 'App/team/shop', otherApps: [], now };

/** Returns where a placement leads; refuses one that does not compile. */
export const decide = (
  candidates: readonly Candidate[],
  spec: PlacementSpec,
  running: readonly Present[] = [],
  more: Partial<PolicySurroundings> = {},
): Outcome => {
  const policy = compilePolicy(spec, 'spec.placement', { ...surroundings, ...more });
  assert.deepEqual(policy.problems, undefined);
  return place(candidates, policy.value ?? assert.fail(), running, more.now ?? now);
};

/** Returns the names of the chosen clusters. */
export const names = ({ chosen }: Outcome) => chosen.map(({ facts }) => facts.name);
/** Returns the verdict on a cluster. */
export const verdict = (outcome: Outcome, cluster: string) => outcome.verdicts.find((each) => each.cluster === cluster);
/** Returns the names of the clusters that leave now. */
export const leaving = ({ verdicts }: Outcome) =>
  verdicts.flatMap((each) => (each.verdict === 'Leaving' ? [each.cluster] : []));
