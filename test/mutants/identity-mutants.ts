import type { Judge, Mutant } from './mutant.ts';

/** Clusters that are called or reached otherwise, and what is missing for a moment. */
export const identityMutants: readonly Mutant[] = [
  {
    what: 'a cluster is whatever it is called',
    file: 'functions/cluster-selector/function.ts',
    from: 'const addresses = clusterAddresses(entries, readInventory(inventory.clusterSets).listed);',
    to: 'const addresses = clusterAddresses(entries, readInventory(inventory.clusterSets.slice(0, 0)).listed);',
    judge: identity('a renamed cluster'),
  },
  {
    what: 'objects go by the name of their cluster',
    file: 'functions/slices/placed-assignment.ts',
    from: 'return key ?? cluster;',
    to: "return key === '' ? key : cluster;",
    judge: identity('a renamed cluster|exchange their names'),
  },
  {
    what: 'a name is a surer sign than the way to a cluster',
    file: 'functions/slices/cluster-addresses.ts',
    from: '  (entry, { providerConfig }) => isSameConfig(entry.providerConfig, providerConfig),\n',
    to: '',
    judge: identity('exchange their names|not the one that is gone'),
  },
  {
    what: 'two profiles of one cluster are two members',
    file: 'functions/cluster-set/identify-members.ts',
    from: '    `both are reached by ${providerConfig.kind} ${providerConfig.name}`,\n',
    to: '    `both are reached by ${providerConfig.kind} ${providerConfig.name} of ${name}`,\n',
    judge: identity('comes before the old one goes'),
  },
  {
    what: 'the record of a rollout goes by names',
    file: 'functions/fan-out/plan-rollout.ts',
    from: 'const remembered = written && renameInRecord(written, names);',
    to: 'const remembered = written;',
    judge: identity('in the middle of a rollout'),
  },
  {
    what: 'a decision has no patience',
    file: 'functions/cluster-selector/filters/decision-filter.ts',
    from: 'dueAt: (missingSince.get(facts.name) ?? now) + graceMs }',
    to: 'dueAt: Number.NEGATIVE_INFINITY }',
    judge: patience('slice by slice'),
  },
  {
    what: 'patience with a decision begins anew with every look',
    file: 'functions/cluster-selector/filters/decision-filter.ts',
    from: '(missingSince.get(facts.name) ?? now)',
    to: '(missingSince.has(facts.name) ? now : now)',
    judge: patience('missing for the grace period'),
  },
  {
    what: 'a decision that is not whole is followed',
    file: 'functions/cluster-selector/read-decision.ts',
    from: 'const why = whyUnclear(decisions);',
    to: 'const why = whyUnclear(decisions.slice(0, 0));',
    judge: patience('not whole'),
  },
  {
    what: 'a property that vanishes is no change of a cluster',
    file: 'functions/cluster-set/member-history.ts',
    from: 'parseQuantity(value).problems === undefined ? 0 : value,\n  ]);',
    to: 'parseQuantity(value).problems === undefined ? 0 : value,\n  ]).filter(([, value]) => value !== 0);',
    judge: patience('label or a property'),
  },
  {
    what: 'a ClusterSet that was made anew knows who is gone',
    file: 'functions/cluster-selector/standing.ts',
    from: 'if (until === undefined || until <= now) return',
    to: 'if (until === undefined || until > 0) return',
    judge: patience('vanishes and comes back'),
  },
];

function identity(tests: string): Judge {
  return { file: 'test/referee/placement/identity.test.ts', tests };
}

function patience(tests: string): Judge {
  return { file: 'test/referee/placement/patience.test.ts', tests };
}
