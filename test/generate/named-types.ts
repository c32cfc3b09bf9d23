/** A type with a name of its own: what it is called, where its schema stands, and what it is. */
export type NamedType = {
  readonly name: string;
  readonly kind: string;
  readonly path: string;
  readonly description: string;
};

/** Types that several kinds share or that code speaks of by name; every schema of the same shape gets the name. */
export const namedTypes: readonly NamedType[] = [
  { name: 'Access', kind: 'Tier', path: 'spec.access[]', description: 'Groups that have a level of access.' },
  {
    name: 'Assignment',
    kind: 'AssignmentSlice',
    path: 'spec.assignments[]',
    description: 'What one cluster is to have.',
  },
  {
    name: 'AssignmentStatus',
    kind: 'AssignmentSlice',
    path: 'status.assignments[]',
    description: 'What one cluster has.',
  },
  {
    name: 'AssignmentValue',
    kind: 'AssignmentSlice',
    path: 'spec.assignments[].values[]',
    description: 'The value of one hole.',
  },
  {
    name: 'CapacityPromises',
    kind: 'AssignmentSlice',
    path: 'spec.promises',
    description: 'What clusters were promised of an amount that they report as free.',
  },
  {
    name: 'ClusterSelection',
    kind: 'App',
    path: 'spec.overrides[].clusters',
    description: 'Some clusters; every part given must hold.',
  },
  {
    name: 'Component',
    kind: 'App',
    path: 'spec.components[]',
    description: 'A workload and the objects that belong to it.',
  },
  { name: 'Contact', kind: 'Platform', path: 'spec.contacts[]', description: 'A way to reach somebody.' },
  { name: 'Container', kind: 'App', path: 'spec.components[].sidecars[]', description: 'A sidecar or init container.' },
  {
    name: 'LabelSelector',
    kind: 'App',
    path: 'spec.placement.clusterSelector',
    description: 'Labels that something must have.',
  },
  { name: 'Manifest', kind: 'App', path: 'spec.manifests[]', description: 'A Kubernetes object as somebody wrote it.' },
  { name: 'Member', kind: 'ClusterSet', path: 'status.members[]', description: 'A cluster of a ClusterSet.' },
  { name: 'Override', kind: 'App', path: 'spec.overrides[]', description: 'A change to the objects of some clusters.' },
  { name: 'Placement', kind: 'App', path: 'spec.placement', description: 'Which clusters, and how many.' },
  {
    name: 'ProviderConfigReference',
    kind: 'ClusterSet',
    path: 'status.members[].providerConfig',
    description: 'A provider configuration.',
  },
  { name: 'Quota', kind: 'Tier', path: 'spec.quota', description: 'A ResourceQuota.' },
  { name: 'Rollout', kind: 'App', path: 'spec.rollout', description: 'How fast changes may reach the clusters.' },
  {
    name: 'RolloutFloor',
    kind: 'Tier',
    path: 'spec.rollout.required',
    description: 'What every rollout in a Tier keeps at least.',
  },
  {
    name: 'WaveAsk',
    kind: 'AssignmentSlice',
    path: 'spec.rollout.asks[]',
    description: 'An approval that a wave asks for, as it was put to people.',
  },
  {
    name: 'Wave',
    kind: 'Tier',
    path: 'spec.rollout.waves[]',
    description: 'Clusters that a change reaches together, and what must hold first.',
  },
  {
    name: 'MaintenanceWindow',
    kind: 'Tier',
    path: 'spec.rollout.window',
    description: 'When changes may begin.',
  },
  {
    name: 'TeamHealthRule',
    kind: 'Tier',
    path: 'spec.health[]',
    description: 'How the health of one kind is told.',
  },
  { name: 'Freeze', kind: 'Tier', path: 'spec.freeze', description: 'A stop to every change.' },
  {
    name: 'RolloutRecord',
    kind: 'AssignmentSlice',
    path: 'spec.rollout',
    description: 'What is remembered of a rollout.',
  },
  {
    name: 'PastRollout',
    kind: 'AssignmentSlice',
    path: 'spec.rollout.history[]',
    description: 'A rollout that has ended.',
  },
  {
    name: 'RejectedRevision',
    kind: 'AssignmentSlice',
    path: 'spec.rollout.rejected[]',
    description: 'A revision that failed.',
  },
  {
    name: 'RolloutProgress',
    kind: 'App',
    path: 'status.rollout',
    description: 'How a rollout goes, for people to read.',
  },
  {
    name: 'RolloutAssignment',
    kind: 'App',
    path: 'status.assignments[]',
    description: 'What one cluster runs, for people to read.',
  },
  { name: 'RolloutStatus', kind: 'App', path: 'status', description: 'Where a rollout stands.' },
  {
    name: 'ServiceAccount',
    kind: 'ComputeNamespace',
    path: 'spec.serviceAccounts[]',
    description: 'A service account of a namespace.',
  },
  {
    name: 'TierPolicy',
    kind: 'ComputeNamespace',
    path: 'status.policy',
    description: 'Rules that Apps in a namespace must keep.',
  },
  {
    name: 'Verdict',
    kind: 'App',
    path: 'status.placement.verdicts[]',
    description: 'Why a cluster was chosen or not.',
  },
  {
    name: 'ClusterTerm',
    kind: 'App',
    path: 'spec.placement.affinity.required[]',
    description: 'What a cluster is like; every part given must hold.',
  },
  {
    name: 'PreferredTerm',
    kind: 'App',
    path: 'spec.placement.affinity.preferred[]',
    description: 'What a cluster had better be like, and what that is worth.',
  },
  {
    name: 'PropertyRequirement',
    kind: 'App',
    path: 'spec.placement.affinity.required[].properties[]',
    description: 'A rule about a property of a cluster.',
  },
  {
    name: 'Toleration',
    kind: 'App',
    path: 'spec.placement.tolerations[]',
    description: 'Taints that do not keep work away.',
  },
  {
    name: 'SpreadConstraint',
    kind: 'App',
    path: 'spec.placement.spread[]',
    description: 'How evenly clusters are spread over domains.',
  },
  {
    name: 'ReplicaDivision',
    kind: 'App',
    path: 'spec.placement.replicas',
    description: 'How the replicas of components are meant.',
  },
  {
    name: 'AppReference',
    kind: 'App',
    path: 'spec.placement.appAffinity[]',
    description: 'Some Apps, by name or labels.',
  },
  {
    name: 'Taint',
    kind: 'ClusterSet',
    path: 'status.members[].taints[]',
    description: 'A taint of a cluster, and since when it has it.',
  },
  {
    name: 'TaintRule',
    kind: 'ClusterSet',
    path: 'spec.taints[]',
    description: 'A taint, and the clusters that have it.',
  },
];
