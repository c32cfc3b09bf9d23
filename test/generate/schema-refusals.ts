import type { Json } from '../../functions/kube/json.ts';

/** A change that spoils a sample: fields by their path, `undefined` to remove one; and the start of what the API server says. */
export type Refusal = {
  readonly kind: string;
  readonly set: { readonly [path: string]: Json | undefined };
  readonly problem: string;
  /** Spoiled only as a change of the sample, not as a new object. */
  readonly isTransition?: true;
};

const web = 'spec.components[0]';

/** Changes that break the schemas themselves. */
export const schemaRefusals: readonly Refusal[] = [
  { kind: 'Platform', set: { 'spec.owner': undefined }, problem: 'spec.owner: is required' },
  {
    kind: 'Platform',
    set: { 'spec.contacts[0].kind': 'Mail' },
    problem: 'spec.contacts[0].kind: must be one of Email, Chat, Pager, Web (got "Mail"); did you mean "Email"?',
  },
  {
    kind: 'Tier',
    set: { 'spec.podSecurity': 'baseline' },
    problem:
      'spec.podSecurity: must be one of Privileged, Baseline, Restricted (got "baseline"); did you mean "Baseline"?',
  },
  {
    kind: 'Tier',
    set: { 'spec.allowedRegistries[0]': 'https://registry.example.com' },
    problem:
      'spec.allowedRegistries[0]: must match ^[a-z0-9.-]+(:[0-9]+)?(/[a-z0-9._-]+)*$ (got "https://registry.example.com"); Such as registry.example.com/team, without a scheme and without a tag.',
  },
  { kind: 'Tier', set: { 'spec.rollout.maxRemovals': '0%' }, problem: 'spec.rollout.maxRemovals: must match' },
  {
    kind: 'Tier',
    set: { 'spec.rollout.maxConcurrent': 0 },
    problem: 'spec.rollout.maxConcurrent: must be at least 1 (got 0)',
  },
  {
    kind: 'ClusterSet',
    set: { 'spec.clusterProfiles.selectors': {} },
    problem: 'spec.clusterProfiles.selectors: is not a known field; did you mean "selector"?',
  },
  {
    kind: 'ClusterSet',
    set: { 'spec.removalGracePeriodSeconds': '5m' },
    problem: 'spec.removalGracePeriodSeconds: must be an integer (got "5m")',
  },
  {
    kind: 'ComputeNamespace',
    set: { 'spec.clusterSets': ['eu', 'eu'] },
    problem: 'spec.clusterSets[1]: repeats item 0 of the list (got "eu"); remove one of the two',
  },
  { kind: 'ComputeNamespace', set: { 'spec.tier': 'prod' }, problem: 'spec.tier: must be an object (got "prod")' },
  {
    kind: 'App',
    set: { 'spec.computeNamspace': 'shop' },
    problem: 'spec.computeNamspace: is not a known field; did you mean "computeNamespace"?',
  },
  {
    kind: 'App',
    set: { [`${web}.kind`]: 'Deploymnt' },
    problem: `${web}.kind: must be one of Deployment, StatefulSet, DaemonSet, Job, CronJob (got "Deploymnt"); did you mean "Deployment"?`,
  },
  {
    kind: 'App',
    set: { [`${web}.replicas`]: '3' },
    problem: `${web}.replicas: must match ^\\$\\{.+\\}$ (got "3"); Pods on each cluster, as a number or one \${…} hole`,
  },
  {
    kind: 'App',
    set: { [`${web}.env[1]`]: { name: 'REGION' } },
    problem: `${web}.env[1]: has the same name as item 0 of the list (got "REGION"); every item needs a name of its own`,
  },
  {
    kind: 'App',
    set: { [`${web}.env[0].value`]: 8080 },
    problem: `${web}.env[0].value: must be a string (got 8080); put it in quotes: "8080"`,
  },
  {
    kind: 'App',
    set: { [`${web}.command`]: 'serve' },
    problem: `${web}.command: must be a list (got "serve"); write it as a list with one entry`,
  },
  {
    kind: 'App',
    set: { 'spec.manifests[0].metadata.name': undefined },
    problem: 'spec.manifests[0].metadata.name: is required',
  },
  {
    kind: 'App',
    set: { 'spec.overrides[0].target.kind': undefined },
    problem: 'spec.overrides[0].target.kind: is required',
  },
  {
    kind: 'App',
    set: { 'spec.placement.numberOfClusters': 0 },
    problem: 'spec.placement.numberOfClusters: must be at least 1 (got 0)',
  },
  {
    kind: 'Approval',
    set: { 'spec.for.kind': 'app' },
    problem: 'spec.for.kind: must match ^[A-Z][A-Za-z0-9]*$ (got "app")',
  },
  { kind: 'Approval', set: { 'spec.revision': undefined }, problem: 'spec.revision: is required' },
  {
    kind: 'Approval',
    set: { 'spec.wave': undefined, 'spec.removals': ['eu-1', 'eu-1'] },
    problem: 'spec.removals[1]: repeats item 0 of the list (got "eu-1"); remove one of the two',
  },
  {
    kind: 'Approval',
    set: { 'spec.expiresAt': 'tomorrow' },
    problem: 'spec.expiresAt: must be a date-time (got "tomorrow"); write it like 2026-01-31T12:00:00Z',
  },
  { kind: 'AndonCord', set: { 'spec.reason': undefined }, problem: 'spec.reason: is required' },
  {
    kind: 'AndonCord',
    set: { 'spec.tiers[0].namespace': undefined },
    problem: 'spec.tiers[0].namespace: is required',
  },
  {
    kind: 'AssignmentSlice',
    set: { 'spec.assignments[0].state': 'Gone' },
    problem: 'spec.assignments[0].state: must be one of Assigned, Leaving (got "Gone")',
  },
  {
    kind: 'AssignmentSlice',
    set: { 'status.assignments[0].since': 'today' },
    problem: 'status.assignments[0].since: must be a date-time (got "today"); write it like 2026-01-31T12:00:00Z',
  },
];
