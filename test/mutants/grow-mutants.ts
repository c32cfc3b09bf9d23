import type { Judge, Mutant } from './mutant.ts';

const order = 'functions/fan-out/gate/order-moves.ts';

/** Returns the referee, and what it counts in the members, over moves of replicas whose names match. */
function moves(tests: string): Judge {
  return { file: 'test/referee/placement/grow-first.test.ts', tests };
}

/** Returns the referee, and what stands in the members, over numbers that clusters share. */
function shares(tests: string): Judge {
  return { file: 'test/referee/placement/divided-numbers.test.ts', tests };
}

/** Replicas that move before others are ready with theirs, or never, and numbers that are not divided. */
export const growMutants: readonly Mutant[] = [
  {
    what: 'what shrinks goes together with what grows',
    file: order,
    from: 'Math.max(0, Math.min(has - end, spare.get(component) ?? 0))',
    to: 'Math.max(0, has - end)',
    judge: moves('a cluster that joins gets its share first'),
  },
  {
    what: 'a drained cluster leaves although nobody has its replicas',
    file: order,
    from: 'if (needed.length > 0) kept.set(',
    to: 'if (needed.length < 0) kept.set(',
    judge: moves('a cluster that is drained'),
  },
  {
    what: 'replicas that were added count before they are healthy',
    file: 'functions/delivery/healthy-replicas.ts',
    from: "if (phase === 'Healthy') return { healthyReplicas: replicas };",
    to: 'if (phase.length > 0) return { healthyReplicas: replicas };',
    judge: moves('a cluster that joins gets its share first'),
  },
  {
    what: 'a smaller total waits as well',
    file: order,
    from: 'take(spare, component, expected - sure);',
    to: 'take(spare, component, Math.max(0, expected - sure));',
    judge: moves('a smaller total goes at once'),
  },
  {
    what: 'what has failed is not waited for',
    file: order,
    from: "growth !== 'Lost' && (growth !== 'Failed' || !mayFail)",
    to: "growth !== 'Lost' && growth !== 'Failed'",
    judge: moves('a cluster in which nothing gets ready'),
  },
  {
    what: 'what cannot be reached is waited for without an end',
    file: order,
    from: "growth !== undefined && growth !== 'Lost' && (",
    to: 'growth !== undefined && (',
    judge: moves('a cluster that cannot be reached'),
  },
  {
    what: 'replicas wait for the content of their cluster',
    file: 'functions/fan-out/gate/scale-clusters.ts',
    from: "scaleImmediately && run.direction === 'Forward' ?",
    to: "scaleImmediately && run.direction !== 'Forward' ?",
    judge: moves('a drain in the middle of a content rollout'),
  },
  {
    what: 'replicas that are kept count as too many when they are divided anew',
    file: 'functions/cluster-selector/present-of.ts',
    from: 'replicas: goalOf(entry.assignment) }',
    to: 'replicas: entry.assignment.replicas ?? {} }',
    judge: moves('who starts over'),
  },
  {
    what: 'every cluster runs all completions of a Job',
    file: 'functions/app/divided-numbers.ts',
    from: "return { ...divideFields(part, fields, { parallelism: 'AtLeastOne' }), completions: countHole(name) };",
    to: 'return fields;',
    judge: shares('a Job that divides its completions'),
  },
  {
    what: 'a Job that has begun is divided anew',
    file: 'functions/cluster-selector/divide-components.ts',
    from: 'isFixed ? keepAll(targets) : freeze(total, targets, rules)',
    to: 'isFixed && total < 0 ? keepAll(targets) : freeze(total, targets, rules)',
    judge: shares('a Job that divides its completions'),
  },
  {
    what: 'an autoscaler among the manifests fights for the replicas of its target',
    file: 'functions/app/scaled-targets.ts',
    from: 'const { replicas: _, ...rest } = spec;',
    to: 'const rest = spec;',
    judge: shares('an autoscaler among the manifests'),
  },
];
