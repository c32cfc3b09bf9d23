import { type Mutant, placement } from './mutant.ts';

const selector = 'functions/cluster-selector';
const stock = `${selector}/room/take-stock.ts`;

/** Room that is counted twice, remainders, replicas of lost clusters, and fleets that seem to fail at once. */
export const roomMutants: readonly Mutant[] = [
  {
    what: 'room that a composite was promised counts as free',
    file: stock,
    from: '(givenUp > 0n ? givenUp : 0n) - pending);',
    to: '(givenUp > 0n ? givenUp : 0n));',
    judge: placement('room', 'no cluster gets more than it has free'),
  },
  {
    what: 'room that another composite was promised counts as free',
    file: stock,
    from: 'room.set(cluster, -sum(theirs));',
    to: 'room.set(cluster, sum(theirs) * 0n);',
    judge: placement('room', 'what finds no room on any cluster'),
  },
  {
    what: 'nobody yields room that another was promised before',
    file: stock,
    from: 'if (before > 0n) keeps.set(cluster, fit);',
    to: 'if (before < 0n) keeps.set(cluster, fit);',
    judge: placement('room', 'told apart'),
  },
  {
    what: 'what a report contains is taken off it for ever',
    file: 'functions/slices/capacity-promises.ts',
    from: 'terms.reported.includes(cluster) ? last.promised : last.reported;',
    to: 'terms.reported.includes(cluster) ? last.reported : last.reported;',
    judge: placement('room', 'a report made after the replicas'),
  },
  {
    what: 'a newcomer of a later group goes before an earlier group that has room',
    file: `${selector}/replicas/divide-with-newcomers.ts`,
    from: "if (policy.mode !== 'Divided' || policy.overflow !== true)",
    to: "if (policy.mode !== 'Divided' || policy.overflow === true)",
    judge: placement('room', 'what overflows from a group'),
  },
  {
    what: 'every remainder falls to the same cluster',
    file: `${selector}/complete-placement.ts`,
    from: 'new Map(rendezvousOrder(`${orderKey}/${component}`, names)',
    to: 'new Map(rendezvousOrder(`${orderKey}/${component}`.slice(0, 3), names)',
    judge: placement('lost-replicas', 'remainders'),
  },
  {
    what: 'replicas of a lost cluster count for ever',
    file: `${selector}/divide-components.ts`,
    from: 'const counted = targets.filter(({ isReplaced }) => !isReplaced);',
    to: 'const counted = targets.filter(() => true);',
    judge: placement('lost-replicas', 'others run the replicas'),
  },
  {
    what: 'a cluster that was lost counts as soon as it is well',
    file: `${selector}/lost-clusters.ts`,
    from: 'if (isHealthy && backAt <= now) returned.add',
    to: 'if (isHealthy) returned.add',
    judge: placement('lost-replicas', 'others run the replicas'),
  },
  {
    what: 'clusters fail over although most turned unhealthy at once',
    file: 'functions/cluster-set/mass-failure.ts',
    from: 'return failure !== undefined && failure.endedAt === undefined && failure.isLetGo !== true;',
    to: 'return failure?.endedAt !== undefined && failure.isLetGo !== true;',
    judge: placement('lost-replicas', 'nothing fails over'),
  },
  {
    what: 'after a mass failure the others fail over at once',
    file: `${selector}/failover-due.ts`,
    from: 'failover?.countsFrom ?? healthChangedAt',
    to: 'healthChangedAt',
    judge: placement('lost-replicas', 'nothing fails over'),
  },
  {
    what: 'of two Apps that keep apart nobody gives way',
    file: `${selector}/filters/app-affinity-filters.ts`,
    from: 'comesFirst && isNamedIn(assigned, facts)',
    to: '!comesFirst && comesFirst && isNamedIn(assigned, facts)',
    judge: placement('apart', 'two Apps that keep apart'),
  },
];
