import type { Scenario } from './world.ts';

const nothing = { edits: 0, placements: 0, troubles: 0, outages: 0, cords: 0, approvals: 0, staleReads: 0 };

const canary = { name: 'canary', clusterSelector: { matchLabels: { wave: 'canary' } } };

function fleet(...names: readonly string[]): Scenario['clusters'] {
  return names.map((name) => ({ name, labels: { wave: name === 'a' ? 'canary' : 'rest' }, set: 'all' }));
}

/** Small worlds that together have every feature of a rollout. */
export const scenarios: readonly Scenario[] = [
  {
    name: 'a first creation with a canary that soaks, an outage and an outdated read',
    clusters: fleet('a', 'b', 'c'),
    rollout: {
      waves: [
        { ...canary, soak: '1m' },
        { name: 'rest', maxConcurrent: 1 },
      ],
    },
    contents: ['A', 'B'],
    placements: [['a', 'b', 'c']],
    beginsSettled: false,
    budget: { ...nothing, edits: 1, outages: 1, staleReads: 1 },
    leastStates: 5000,
  },
  {
    name: 'edits to and fro in the middle of a rollout over four clusters',
    clusters: fleet('a', 'b', 'c', 'd'),
    rollout: {
      waves: [
        { ...canary, soak: '1m' },
        { name: 'rest', maxConcurrent: 2 },
      ],
    },
    contents: ['A', 'B', 'C'],
    placements: [['a', 'b', 'c', 'd']],
    beginsSettled: true,
    budget: { ...nothing, edits: 2 },
    leastStates: 2500,
  },
  {
    name: 'a wave that needs an approval, an andon cord, and a read that hangs for any time',
    clusters: fleet('a', 'b'),
    rollout: { waves: [canary, { name: 'rest', maxConcurrent: 1, approval: {} }] },
    contents: ['A', 'B'],
    placements: [['a', 'b']],
    beginsSettled: true,
    budget: { ...nothing, edits: 2, cords: 1, approvals: 1, staleReads: 1 },
    readsHang: true,
    leastStates: 2500,
  },
  {
    name: 'a rollback of what fails',
    clusters: fleet('a', 'b', 'c'),
    rollout: { waves: [canary, { name: 'rest', maxConcurrent: 1 }], onFailure: 'Rollback' },
    contents: ['A', 'B', 'C'],
    placements: [['a', 'b', 'c']],
    beginsSettled: true,
    budget: { ...nothing, edits: 1, troubles: 1, staleReads: 1 },
    leastStates: 6000,
  },
  {
    name: 'clusters that join and leave in the middle, over two ClusterSets',
    clusters: fleet('a', 'b', 'c', 'd').map((each) => ({ ...each, set: each.name < 'c' ? 'one' : 'two' })),
    rollout: { waves: [canary, { name: 'rest', maxConcurrent: 1 }], maxRemovals: 1, maxJoining: 1 },
    contents: ['A', 'B'],
    placements: [['a', 'b', 'c'], ['a', 'c', 'd'], ['d']],
    beginsSettled: true,
    budget: { ...nothing, edits: 1, placements: 2 },
    leastStates: 5000,
  },
  {
    name: 'one cluster of any first, waiting for clusters that cannot be reached',
    clusters: fleet('a', 'b', 'c'),
    rollout: {
      waves: [
        { name: 'first', count: 1, soak: '1m' },
        { name: 'rest', maxConcurrent: 2 },
      ],
      unreachable: 'Wait',
    },
    contents: ['A', 'B'],
    placements: [['a', 'b', 'c']],
    beginsSettled: true,
    budget: { ...nothing, edits: 1, troubles: 1, outages: 1, staleReads: 1 },
    leastStates: 5000,
  },
  {
    name: 'a rollback while a read hangs for any time',
    clusters: fleet('a', 'b'),
    rollout: { waves: [canary, { name: 'rest', maxConcurrent: 1 }], onFailure: 'Rollback' },
    contents: ['A', 'B'],
    placements: [['a', 'b']],
    beginsSettled: true,
    budget: { ...nothing, edits: 1, troubles: 1, staleReads: 1 },
    readsHang: true,
    leastStates: 4000,
  },
  {
    name: 'three waves that draw their clusters, with soaks and troubles',
    clusters: fleet('a', 'b', 'c', 'd'),
    rollout: {
      waves: [
        { name: 'one', count: 1, soak: '1m' },
        { name: 'two', count: 1, soak: '1m' },
        { name: 'rest', maxConcurrent: 2 },
      ],
    },
    contents: ['A', 'B'],
    placements: [['a', 'b', 'c', 'd']],
    beginsSettled: true,
    budget: { ...nothing, edits: 1, troubles: 1 },
    leastStates: 500,
  },
  {
    name: 'three waves that draw their clusters while clusters are lost and come back',
    clusters: fleet('a', 'b', 'c'),
    rollout: { waves: [{ name: 'one', count: 1, soak: '1m' }, { name: 'two', count: 1 }, { name: 'rest' }] },
    contents: ['A', 'B'],
    placements: [['a', 'b', 'c']],
    beginsSettled: true,
    budget: { ...nothing, edits: 1, outages: 1 },
    leastStates: 300,
  },
  {
    name: 'waves that draw their clusters, and an outdated read that forgets who was drawn',
    clusters: fleet('a', 'b', 'c'),
    rollout: {
      waves: [
        { name: 'one', count: 1, soak: '1m' },
        { name: 'rest', maxConcurrent: 2 },
      ],
    },
    contents: ['A', 'B', 'C'],
    placements: [['a', 'b', 'c']],
    beginsSettled: true,
    budget: { ...nothing, edits: 2, staleReads: 1 },
    leastStates: 1000,
  },
  {
    name: 'a canary to which no replica falls',
    clusters: fleet('a', 'b', 'c', 'd'),
    rollout: { waves: [canary, { name: 'rest', maxConcurrent: 3 }] },
    contents: ['A', 'B'],
    placements: [['a', 'b', 'c', 'd']],
    replicas: { a: 0, b: 0, c: 2, d: 1 },
    beginsSettled: true,
    budget: { ...nothing, edits: 1, troubles: 1, outages: 1 },
    leastStates: 500,
  },
  {
    name: 'clusters for which the content is refused, in waves that draw and in waves that do not',
    clusters: fleet('a', 'b', 'c', 'd'),
    rollout: { waves: [{ name: 'one', count: 1 }, { name: 'two', count: 1 }, { name: 'rest' }] },
    contents: ['A', 'B'],
    placements: [['a', 'b', 'c', 'd']],
    refused: ['a', 'c'],
    beginsSettled: true,
    budget: { ...nothing, edits: 1, troubles: 1, outages: 1 },
    leastStates: 300,
  },
  {
    name: 'a canary that asks for approval and is joined by others in the middle',
    clusters: fleet('a', 'b', 'c').map((each) => ({
      ...each,
      labels: { wave: each.name === 'c' ? 'rest' : 'canary' },
    })),
    rollout: {
      waves: [
        { ...canary, maxConcurrent: 1, approval: {} },
        { name: 'rest', maxConcurrent: 1 },
      ],
      maxRemovals: 1,
    },
    contents: ['A', 'B'],
    placements: [
      ['a', 'c'],
      ['a', 'b', 'c'],
    ],
    beginsSettled: true,
    budget: { ...nothing, edits: 1, placements: 1, approvals: 2 },
    leastStates: 300,
  },
];
