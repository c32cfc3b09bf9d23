import assert from 'node:assert/strict';
import { test } from 'node:test';
import { judge } from './referee.ts';
import { type Sample, sampleTimeline } from './sample-timeline.ts';

/** One promise, how it is kept, how it is broken, and the beginning of what is said of that. */
type Case = { readonly promise: string; readonly kept: Sample; readonly broken: Sample; readonly says: RegExp };

const old = { a: [[0, 'web:1']], b: [[4, 'web:1']], c: [[8, 'web:1']] } as const;
const first = [0, 'web:1'] as const;
const second = [1000, 'web:2'] as const;

/** Three clusters that have all got `web:1`, one after the other, and then what is given. */
function afterFirst(more: { readonly [cluster in 'a' | 'b' | 'c']?: Sample['shows'][string] }): Sample['shows'] {
  return { a: [...old.a, ...(more.a ?? [])], b: [...old.b, ...(more.b ?? [])], c: [...old.c, ...(more.c ?? [])] };
}

const soaking = {
  waves: [{ name: 'one', count: 1, soak: '10m' }, { name: 'two', count: 1, soak: '10m' }, { name: 'end' }],
};
const together = {
  waves: [
    { name: 'one', count: 1 },
    { name: 'end', maxConcurrent: '100%' },
  ],
};
const asking = {
  waves: [
    { name: 'one', clusterSelector: { matchLabels: { env: 'test' } } },
    { name: 'live', approval: { quorum: 2 } },
  ],
};
const byLabel = (values: readonly string[]) => ({
  waves: [
    { name: 'live', clusterSelector: { matchExpressions: [{ key: 'env', operator: 'In', values }] }, approval: {} },
    { name: 'end', approval: { quorum: 3 } },
  ],
});
const labels = { a: { env: 'test' }, b: { env: 'live' }, c: { env: 'live' } };
const approve = (approver: string, wave = 'live') => ({ revision: 'web:2', wave, approver });

const ten = [[0, 'web:1', 10]] as const;
const creation = { a: [[1, 'web:1']], b: [[605, 'web:1']], c: [[1209, 'web:1']] } as const;
const oneByOne = { a: [[1, 'web:1']], b: [[5, 'web:1']], c: [[9, 'web:1']] } as const;

const divided = { replicas: { mode: 'Divided' } };

const cases: readonly Case[] = [
  {
    promise: 'what grows goes before what shrinks',
    kept: {
      ...{ placement: { replicas: { mode: 'Divided' } }, edits: [[0, 'web:1', 10]] },
      shows: { a: [...ten, [70, 'web:1', 5]], b: [[60, 'web:1', 5]] },
    },
    broken: {
      ...{ placement: { replicas: { mode: 'Divided' } }, edits: [[0, 'web:1', 10]] },
      shows: { a: [...ten, [61, 'web:1', 5]], b: [[60, 'web:1', 5]] },
    },
    says: /^a gave up replicas of web: 10 could be counted on before and 5 after, of 10 that were asked for/,
  },
  {
    promise: 'what grows goes before what shrinks',
    kept: {
      ...{ placement: { replicas: { mode: 'Divided' } }, edits: [first, [60, 'web:1', 5]] },
      shows: { a: [...ten, [61, 'web:1', 5]] },
    },
    broken: {
      ...{ placement: { replicas: { mode: 'Divided' } }, edits: [[0, 'web:1', 12]] },
      shows: {
        a: ten,
        b: [
          [0, 'web:1', 2],
          [61, ''],
        ],
        c: [[60, 'web:1', 2]],
      },
    },
    says: /^b gave up replicas of web: 12 could be counted on before and 10 after/,
  },
  {
    promise: 'waves go one after the other',
    kept: { rollout: soaking, edits: [first], shows: creation },
    broken: { rollout: soaking, edits: [first], shows: { ...creation, c: [[605, 'web:1']] } },
    says: /^c began 10m5s after the change was asked for, but b of wave two was not healthy/,
  },
  {
    promise: 'waves go one after the other',
    kept: { rollout: soaking, edits: [first], shows: { ...creation, d: [[1213, 'web:1']] } },
    broken: { rollout: soaking, edits: [first], shows: { a: [[1, 'web:1']], b: [[300, 'web:1']] } },
    says: /^b began .* a of wave one had been healthy with it for 4m56s of 10m/,
  },
  {
    promise: 'no more of a wave at once than maxConcurrent',
    kept: { rollout: { waves: [{ name: 'all', maxConcurrent: 1 }] }, edits: [first], shows: oneByOne },
    broken: {
      rollout: { waves: [{ name: 'all', maxConcurrent: 1 }] },
      edits: [first],
      shows: { ...oneByOne, c: [[6, 'web:1']] },
    },
    says: /^c began, but b of wave all was still on the way, and at most 1 may be/,
  },
  {
    promise: 'proof by something that could have failed',
    kept: {
      rollout: together,
      edits: [first, second],
      shows: afterFirst({ a: [[1000, 'web:2', 'Empty']], b: [[1001, 'web:2']], c: [[1005, 'web:2']] }),
    },
    broken: {
      rollout: together,
      edits: [first, second],
      shows: afterFirst({
        a: [[1000, 'web:2', 'Empty']],
        b: [[1001, 'web:2', 'Fails']],
        c: [[1001, 'web:2', 'Fails']],
      }),
    },
    says: /^c began, but b was on its way, and nothing that can fail had been healthy/,
  },
  {
    promise: 'nothing begins once more have failed than may',
    kept: {
      rollout: { ...together, waves: [{ name: 'all', maxFailures: 1, maxConcurrent: 1 }] },
      edits: [first, second],
      shows: afterFirst({ a: [[1000, 'web:2', 'Fails']], b: [[1601, 'web:2']] }),
    },
    broken: {
      rollout: { waves: [{ name: 'all', maxConcurrent: 1 }] },
      edits: [first, second],
      shows: afterFirst({ a: [[1000, 'web:2', 'Fails']], b: [[1601, 'web:2']] }),
    },
    says: /^b began, but a of wave all had not got healthy with it in 10m, and 0 may fail/,
  },
  {
    promise: 'what has failed goes back with onFailure Rollback',
    kept: {
      rollout: { ...together, onFailure: 'Rollback' },
      edits: [first, second],
      shows: afterFirst({
        a: [
          [1000, 'web:2', 'Fails'],
          [1601, 'web:1'],
        ],
      }),
    },
    broken: {
      rollout: { ...together, onFailure: 'Rollback' },
      edits: [first, second],
      shows: afterFirst({ a: [[1000, 'web:2', 'Fails']] }),
    },
    says: /^a still had what had failed on a/,
  },
  {
    promise: 'no wave opens without its approvals',
    kept: {
      ...{
        rollout: asking,
        labels,
        edits: [first, second],
        approvals: [
          [1100, approve('bob')],
          [1200, approve('carol')],
        ],
      },
      shows: afterFirst({ a: [[1000, 'web:2']], b: [[1200, 'web:2']] }),
    },
    broken: {
      ...{
        rollout: asking,
        labels,
        edits: [first, second],
        approvals: [
          [1100, approve('bob')],
          [1150, approve('alice')],
        ],
      },
      shows: afterFirst({ a: [[1000, 'web:2']], b: [[1200, 'web:2']] }),
    },
    says: /^b began, but 1 of 2 people had approved of wave live/,
  },
  {
    promise: 'no wave opens without its approvals',
    kept: {
      ...{
        labels,
        edits: [first, second],
        rollouts: [
          [0, {}],
          [900, byLabel(['test'])],
          [1200, byLabel(['test', 'live'])],
        ],
      },
      approvals: [
        [1100, approve('bob')],
        [1250, approve('bob')],
      ],
      shows: afterFirst({ a: [[1110, 'web:2']], b: [[1300, 'web:2']] }),
    },
    broken: {
      ...{
        labels,
        edits: [first, second],
        rollouts: [
          [0, {}],
          [900, byLabel(['test'])],
          [1200, byLabel(['test', 'live'])],
        ],
      },
      approvals: [[1100, approve('bob')]],
      shows: afterFirst({ a: [[1110, 'web:2']], b: [[1300, 'web:2']] }),
    },
    says: /^b began, but 0 of 1 people had approved of wave live/,
  },
  {
    promise: 'no wave opens without its approvals',
    kept: {
      ...{
        rollout: asking,
        labels,
        edits: [first, second],
        approvals: [
          [1100, approve('bob')],
          [1200, approve('carol')],
        ],
      },
      shows: afterFirst({ a: [[1000, 'web:2']], b: [[1200, 'web:2']] }),
    },
    broken: {
      ...{ rollout: asking, labels, edits: [first, second] },
      approvals: [
        [1100, approve('bob')],
        [1150, { ...approve('dan'), decision: 'Reject' }],
        [1190, approve('carol')],
      ],
      shows: afterFirst({ a: [[1000, 'web:2']], b: [[1200, 'web:2']] }),
    },
    says: /^b began, but somebody had rejected it for wave live/,
  },
  {
    promise: 'brakes hold',
    kept: {
      rollout: together,
      edits: [first, second],
      cords: [[900, 1100]],
      shows: afterFirst({ a: [[1100, 'web:2']] }),
    },
    broken: {
      rollout: together,
      edits: [first, second],
      cords: [[900, 1100]],
      shows: afterFirst({ a: [[1000, 'web:2']] }),
    },
    says: /^a changed, but a cord was pulled: stop/,
  },
  {
    promise: 'brakes hold',
    kept: { rollout: together, edits: [first, second], paused: ['a'], shows: afterFirst({ b: [[1000, 'web:2']] }) },
    broken: { rollout: together, edits: [first, second], paused: ['a'], shows: afterFirst({ a: [[1000, 'web:2']] }) },
    says: /^a changed, but it was paused in its ClusterSet/,
  },
  {
    promise: 'brakes hold',
    kept: { edits: [first], cords: [[900, 1100]], shows: afterFirst({ a: [[1200, '']] }) },
    broken: { edits: [first], cords: [[900, 1100]], shows: afterFirst({ a: [[1000, '']] }) },
    says: /^a was left, but a cord was pulled/,
  },
  {
    promise: 'changes begin in their windows',
    kept: {
      rollouts: [
        [0, {}],
        [900, { waves: [{ name: 'all', window: { schedule: '0 1 * * *', duration: '1h' } }] }],
      ],
      edits: [first, second],
      shows: afterFirst({ a: [[3700, 'web:2']] }),
    },
    broken: {
      rollouts: [
        [0, {}],
        [900, { waves: [{ name: 'all', window: { schedule: '0 1 * * *', duration: '1h' } }] }],
      ],
      edits: [first, second],
      shows: afterFirst({ a: [[1000, 'web:2']] }),
    },
    says: /^a began, but no window of wave all was open/,
  },
  {
    promise: 'no more leave at once than maxRemovals',
    kept: { edits: [first], shows: afterFirst({ a: [[2000, '']], b: [[2010, '']] }) },
    broken: { edits: [first], shows: afterFirst({ a: [[2000, '']], b: [[2000, '']] }) },
    says: /^a, b were left at .*, and 1 may be at once without an Approval/,
  },
  {
    promise: 'the last healthy cluster stays',
    kept: { edits: [first], shows: afterFirst({ a: [[2000, '']] }) },
    broken: {
      edits: [first],
      shows: {
        a: [
          [0, 'web:1'],
          [2000, ''],
        ],
        b: [[4, 'web:1', 'Fails']],
      },
      toldHealthy: false,
      rollout: { maxFailures: 1 },
    },
    says: /^a was left while nothing else was healthy/,
  },
  {
    promise: 'no object is recreated',
    kept: { edits: [first], shows: old, uids: { a: [[3000, '1']] } },
    broken: {
      edits: [first],
      shows: old,
      uids: {
        a: [
          [3000, ''],
          [3001, '2'],
        ],
      },
    },
    says: /^Deployment web in a was deleted and made anew/,
  },
  {
    promise: 'health is told within a minute',
    kept: { edits: [first], shows: old, unhealthy: { a: 990 }, lasts: 1000 },
    broken: { edits: [first], shows: old, unhealthy: { a: 900 }, lasts: 1000, toldHealthy: true },
    says: /^for 1m40s it called itself healthier than it was: phase Healthy, but a is unhealthy by its ClusterProfile/,
  },
  {
    promise: 'a wave by number begins with what is broken',
    kept: {
      ...{ rollout: together, edits: [first, second] },
      shows: {
        ...afterFirst({ a: [[1100, 'web:2']] }),
        c: [
          [8, 'web:1'],
          [500, 'web:1', 'Fails'],
          [1000, 'web:2'],
        ],
      },
    },
    broken: {
      ...{ rollout: together, edits: [first, second] },
      shows: {
        ...afterFirst({ a: [[1000, 'web:2']] }),
        c: [
          [8, 'web:1'],
          [500, 'web:1', 'Fails'],
          [1100, 'web:2'],
        ],
      },
    },
    says: /^a began, but it was healthy, and wave one left out c, broken by what ran before/,
  },
  {
    promise: 'replicas alone go at once',
    kept: { edits: [first, [2000, 'web:1', 1]], shows: old, toldHealthy: true },
    broken: { edits: [first, [2000, 'web:1', 3]], shows: old, toldHealthy: true },
    says: /^a, b, c did not have the new replicas 1m after they were asked for/,
  },
  {
    promise: 'no more join at once than maxJoining',
    kept: { rollout: { maxJoining: 1 }, edits: [first], shows: { ...old, d: [[2000, 'web:1']], e: [[2004, 'web:1']] } },
    broken: {
      rollout: { maxJoining: 1 },
      edits: [first, second],
      shows: {
        a: [
          [0, 'web:1'],
          [1000, 'web:2'],
        ],
        d: [[2000, 'web:2']],
        e: [[2001, 'web:2']],
      },
    },
    says: /^e joined while d had not got healthy, and 1 may join at once/,
  },
  {
    promise: 'room is counted once',
    kept: { edits: [first], shows: old, rooms: { a: 1 } },
    broken: { edits: [first], shows: old, rooms: { a: 0 } },
    says: /^a has room for 0 replicas and was given 1, for 2h46m40s/,
  },
  {
    promise: 'what fits is placed',
    kept: { edits: [[0, 'web:1', 3]], shows: old, rooms: { a: 1, b: 1, c: 1 }, placement: divided },
    broken: { edits: [[0, 'web:1', 4]], shows: old, rooms: { a: 1, b: 1, c: 3 }, placement: divided },
    says: /^3 of 4 replicas stand on healthy clusters although 2 more fit/,
  },
];

for (const [index, { promise, kept, broken, says }] of cases.entries()) {
  const of = (sample: Sample) => judge(sampleTimeline(sample)).filter((finding) => finding.promise === promise);
  test(`case ${index}: "${promise}" is seen to be kept, and seen to be broken`, () => {
    assert.deepEqual(of(kept), []);
    const findings = of(broken);
    assert.equal(findings.length > 0, true);
    assert.match(findings[0]?.says ?? '', says);
  });
}
