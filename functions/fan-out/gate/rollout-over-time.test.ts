import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Rollout } from '../../generated/types.ts';
import { PlayedRollout } from './played-rollout.fixtures.ts';

const soaking: Rollout = {
  waves: [
    { name: 'one', count: 1, soak: '10m' },
    { name: 'two', count: 1, soak: '10m' },
    { name: 'rest', maxConcurrent: '100%' },
  ],
};

describe('waves are drawn once', () => {
  test('each waits for the soak of the one before, whoever was drawn', () => {
    const play = new PlayedRollout(soaking, ['a', 'b', 'c', 'd', 'e']);
    const begun: string[][] = [];
    for (let minute = 0; minute < 30; minute++) {
      const names = play.look();
      if (names.length > 0) begun.push([String(minute), String(names.length)]);
      play.report(names);
      play.look();
      play.wait(1);
    }
    assert.deepEqual(begun, [
      ['0', '1'],
      ['10', '1'],
      ['20', '3'],
    ]);
  });

  test('an image that fails everywhere but on the first reaches one more, and stops', () => {
    const play = new PlayedRollout(soaking, ['a', 'b', 'c', 'd', 'e']);
    play.report(play.look());
    const touched = new Set<string>();
    for (let minute = 0; minute < 60; minute++) {
      play.wait(1);
      for (const name of play.look()) touched.add(name);
    }
    assert.equal(touched.size, 1);
  });

  test('a wave that has passed draws nobody in place of a cluster that is lost afterwards', () => {
    const play = new PlayedRollout(soaking, ['a', 'b', 'c', 'd', 'e']);
    const [first = ''] = play.look();
    play.report([first]);
    play.wait(11);
    play.report(play.look());
    play.look();
    play.report([first], 'Unreachable');
    assert.deepEqual(play.look(), [], 'the second one soaks');
    play.wait(11);
    assert.equal(play.look().length, 3);
  });

  test('the waves that nobody asked for wait for one another as well', () => {
    for (const count of [3, 4, 9, 20]) {
      const play = new PlayedRollout(
        {},
        Array.from({ length: count }, (_, index) => `c${index}`),
      );
      const first = play.look();
      assert.equal(first.length, 1);
      play.report(first);
      const second = play.look();
      assert.equal(second.length, Math.ceil(count / 4), `of ${count}`);
      assert.deepEqual(play.look(), [], 'the second is not healthy yet');
    }
  });

  test('a cluster keeps its wave when labels, ranks and the fleet change', () => {
    const play = new PlayedRollout({ waves: [{ name: 'one', count: 2, maxConcurrent: 1, soak: '5m' }] }, [
      'a',
      'b',
      'c',
    ]);
    const [first = ''] = play.look();
    play.report([first]);
    const remembered = play.record?.waves[0]?.clusters;
    assert.equal(remembered?.length, 2);
    play.clusters = [...play.clusters, 'd', 'e'];
    play.look();
    assert.deepEqual(play.record?.waves[0]?.clusters, remembered);
  });

  test('edits of the policy in mid-rollout open no wave before the one ahead of it', () => {
    const play = new PlayedRollout(soaking, ['a', 'b', 'c', 'd', 'e']);
    play.report(play.look());
    play.rollout = { waves: [{ name: 'zero', count: 1, soak: '1h' }, ...(soaking.waves ?? [])] };
    const next = play.look();
    assert.equal(next.length, 1, 'the wave that came before takes its turn');
    play.report(next);
    play.wait(59);
    assert.deepEqual(play.look(), []);
    play.rollout = { waves: [{ name: 'other', maxConcurrent: 1 }] };
    assert.equal(play.look().length, 1, 'waves that are gone leave nobody without a wave');
  });
});

describe('what has the target already', () => {
  test('was drawn before, also when nothing remembers it', () => {
    const play = new PlayedRollout(soaking, ['a', 'b', 'c']);
    const [first = ''] = play.look();
    play.report([first]);
    play.record = undefined;
    play.wait(9);
    assert.deepEqual(play.look(), [], 'it soaks');
    play.wait(1);
    assert.equal(play.look().length, 1);
  });
});

describe('only what could have failed proves anything', () => {
  const canary: Rollout = {
    waves: [
      { name: 'canary', clusterSelector: { matchLabels: { canary: 'yes' } } },
      { name: 'rest', maxConcurrent: '100%' },
    ],
  };

  test('a canary without replicas is passed with a word, and one cluster goes first in the next wave', () => {
    const play = new PlayedRollout(canary, ['a', 'b', 'c', 'd']);
    play.labels.set('a', { canary: 'yes' });
    play.provable = new Set(['b', 'c', 'd']);
    assert.deepEqual(play.look(), ['a']);
    play.report(['a'], 'Healthy', false);
    assert.deepEqual(play.look(), ['b']);
    assert.match(play.wave('canary').message ?? '', /^proves nothing, .* the next wave begins with one cluster$/);
    assert.match(play.moves?.waiting.get('c') ?? '', /waits until b is healthy/);
    play.report(['b'], 'Unhealthy');
    play.wait(11);
    assert.deepEqual([play.look(), play.moves?.failures?.clusters], [[], ['b']]);
  });

  test('once something is proven, the rest goes as fast as it may', () => {
    const play = new PlayedRollout(canary, ['a', 'b', 'c', 'd']);
    play.labels.set('a', { canary: 'yes' });
    play.provable = new Set(['b', 'c', 'd']);
    play.report(play.look(), 'Healthy', false);
    play.report(play.look(), 'Healthy', true);
    assert.deepEqual(play.look(), ['c', 'd']);
  });

  test('content of which nothing can fail is not slowed down', () => {
    const play = new PlayedRollout(canary, ['a', 'b', 'c', 'd']);
    play.labels.set('a', { canary: 'yes' });
    play.provable = new Set();
    play.report(play.look(), 'Healthy', false);
    assert.deepEqual(play.look(), ['b', 'c', 'd']);
    assert.equal(play.wave('canary').message, undefined);
  });

  test('an empty wave says what becomes of its soak and approval, and proves nothing', () => {
    const play = new PlayedRollout(
      {
        waves: [
          { name: 'canary', clusterSelector: { matchLabels: { canary: 'yes' } }, soak: '1h', approval: {} },
          { name: 'rest', maxConcurrent: '100%' },
        ],
      },
      ['a', 'b'],
    );
    assert.equal(play.look().length, 1);
    assert.equal(
      play.wave('canary').message,
      'has no clusters, and is passed without its soak of 1h and its approval by 1',
    );
  });
});

describe('repair first', () => {
  const waves = [{ name: 'one', count: 1, soak: '1h' }, { name: 'rest' }];

  test('a wave that draws takes what the outgoing revision broke', () => {
    for (const broken of ['a', 'b', 'c']) {
      const play = new PlayedRollout({ waves }, ['a', 'b', 'c']);
      play.report([broken], 'Unhealthy');
      assert.deepEqual(play.look(), [broken]);
    }
  });

  test('but not what cannot be reached', () => {
    const play = new PlayedRollout({ waves }, ['a', 'b', 'c']);
    play.report(['a', 'b'], 'Unreachable');
    assert.deepEqual(play.look(), ['c']);
  });

  test('and not out of a wave that asks for approval or chooses by labels', () => {
    const play = new PlayedRollout(
      {
        waves: [
          { name: 'canary', clusterSelector: { matchLabels: { canary: 'yes' } } },
          { name: 'prod', approval: {} },
        ],
      },
      ['a', 'b'],
    );
    play.labels.set('a', { canary: 'yes' });
    play.report(['b'], 'Unhealthy');
    assert.deepEqual(play.look(), ['a']);
  });
});

describe('approvals bind to what was seen', () => {
  const prod = (clusterSelector: object, more: object = {}): Rollout => ({
    waves: [
      { name: 'canary', count: 1 },
      { name: 'prod', clusterSelector, maxConcurrent: '100%', approval: { quorum: 1 }, ...more },
    ],
  });
  const only = (...names: readonly string[]) => ({
    matchExpressions: [{ key: 'name', operator: 'In' as const, values: names }],
  });

  function begin(rollout = prod(only('b'))): PlayedRollout {
    const play = new PlayedRollout(rollout, ['a', 'b', 'c', 'd']);
    for (const name of play.clusters) play.labels.set(name, { name });
    play.report(['a'], 'Unhealthy');
    assert.deepEqual(play.look(), ['a'], 'the broken one is drawn');
    play.report(['a']);
    play.look();
    return play;
  }

  test('a wave that is widened after the approval asks again, and says what came to it', () => {
    const play = begin();
    play.approve('prod', 'bob');
    play.wait(1);
    play.rollout = prod(only('b', 'c', 'd'));
    assert.deepEqual(play.look(), []);
    assert.match(play.wave('prod').message ?? '', /again since c, d came to it; the approval of bob does not count/);
    assert.deepEqual(play.wave('prod').approvals?.clusters, ['b', 'c', 'd']);
    play.wait(1);
    play.approve('prod', 'bob');
    assert.deepEqual(play.look(), ['b', 'c', 'd']);
  });

  test('what is added to a wave that is open waits for an approval of its own; the rest goes on', () => {
    const play = begin();
    play.approve('prod', 'bob');
    assert.deepEqual(play.look(), ['b']);
    play.wait(1);
    play.rollout = prod(only('b', 'c'));
    assert.deepEqual(play.look(), []);
    assert.match(
      play.moves?.waiting.get('c') ?? '',
      /waits for 1 of 1 approvals of revision new, again since c came to it/,
    );
    play.wait(1);
    play.approve('prod', 'carol');
    assert.deepEqual(play.look(), ['c']);
  });

  test('another choice of the same clusters, or a larger quorum, asks again', () => {
    for (const change of [prod({ matchLabels: { name: 'b' } }), prod(only('b'), { approval: { quorum: 2 } })]) {
      const play = begin();
      play.approve('prod', 'bob');
      play.wait(1);
      play.rollout = change;
      assert.deepEqual(play.look(), []);
    }
  });

  test('a cluster less needs no other word', () => {
    const play = begin(prod(only('b', 'c')));
    play.approve('prod', 'bob');
    play.wait(1);
    play.clusters = ['a', 'b', 'd'];
    assert.deepEqual(play.look(), ['b']);
  });

  test('taking the approval out in mid-rollout opens nothing, by whatever name the wave goes', () => {
    const without = { ...prod(only('b')), waves: prod(only('b')).waves?.map(({ approval: _, ...wave }) => wave) ?? [] };
    const renamed = { waves: without.waves.map((wave) => (wave.name === 'prod' ? { ...wave, name: 'live' } : wave)) };
    const gone = { waves: without.waves.slice(0, 1) };
    for (const rollout of [without, renamed, gone]) {
      const play = begin();
      play.rollout = rollout;
      for (let minute = 0; minute < 5; minute++) {
        assert.deepEqual(play.look(), []);
        play.wait(1);
      }
    }
  });

  test('an approval given early counts when the turn of its wave comes', () => {
    const play = new PlayedRollout(prod(only('b')), ['a', 'b', 'c']);
    for (const name of play.clusters) play.labels.set(name, { name });
    play.report(['a'], 'Unhealthy');
    play.look();
    play.approve('prod', 'bob');
    play.wait(3);
    play.report(['a']);
    assert.deepEqual(play.look(), ['b']);
  });

  test('a wave that draws its clusters keeps those that people were asked about', () => {
    const play = new PlayedRollout({ waves: [{ name: 'some', count: 2, maxConcurrent: 2, approval: {} }] }, [
      'a',
      'b',
      'c',
      'd',
    ]);
    play.look();
    const asked = play.wave('some').approvals?.clusters ?? [];
    assert.equal(asked.length, 2);
    const others = play.clusters.filter((name) => !asked.includes(name));
    play.report(others, 'Unhealthy');
    play.approve('some', 'bob');
    assert.deepEqual(play.look(), asked, 'also when others would be drawn now');
  });
});

test('a wave that draws its clusters asks for those that can change, and takes no more of them than its number', () => {
  const play = new PlayedRollout(
    { waves: [{ name: 'some', count: 2, maxConcurrent: 2, approval: {} }] },
    ['a', 'b', 'c', 'd'],
    undefined,
  );
  for (const ready of ['c', 'a', 'b', 'd']) {
    play.blocked = new Map(play.clusters.map((name) => [name, 'waits for its namespace']));
    play.blocked.delete(ready);
    play.look();
  }
  play.blocked = new Map();
  play.look();
  assert.equal(play.wave('some').approvals?.clusters?.length, 2);
  play.approve('some', 'bob');
  assert.equal(play.look().length, 2);
});

describe('what the Tier requires', () => {
  const floor = {
    waves: [
      { name: 'canary', count: 1, soak: '10m' },
      { name: 'prod', clusterSelector: { matchLabels: { env: 'prod' } }, approval: {} },
    ],
    soak: '5m',
    maxConcurrent: 1,
  };

  test('comes before the waves of one’s own, and none of these weakens it', () => {
    const play = new PlayedRollout(
      {
        waves: [
          { name: 'prod', maxConcurrent: '100%' },
          { name: 'all', maxConcurrent: '100%' },
        ],
      },
      ['a', 'b', 'c', 'd'],
    );
    play.floor = floor;
    for (const name of ['b', 'c']) play.labels.set(name, { env: 'prod' });
    play.report(['a'], 'Unhealthy');
    assert.deepEqual(play.look(), ['a']);
    play.report(['a']);
    play.wait(9);
    assert.deepEqual(play.look(), []);
    play.wait(1);
    assert.deepEqual(play.look(), [], 'prod asks for approval');
    play.approve('prod', 'bob');
    assert.deepEqual(play.look(), ['b'], 'one at a time');
  });

  test('also when it comes to require it in mid-rollout', () => {
    const play = new PlayedRollout(
      {
        waves: [
          { name: 'one', count: 1 },
          { name: 'all', maxConcurrent: '100%' },
        ],
      },
      ['a', 'b', 'c'],
    );
    play.report(play.look());
    play.floor = { approval: { quorum: 2 } };
    assert.deepEqual(play.look(), []);
    assert.match(play.wave('all').message ?? '', /waits for 2 of 2 approvals/);
  });
});

describe('a cluster that people have paused', () => {
  test('gets nothing, nobody waits for it, and it goes on when it is let go', () => {
    const play = new PlayedRollout({ waves: [{ name: 'all', maxConcurrent: 3 }] }, ['a', 'b']);
    play.paused.set('a', 'disks are replaced');
    assert.deepEqual(play.look(), ['b']);
    assert.equal(play.moves?.waiting.get('a'), 'is paused: disks are replaced');
    play.report(['b']);
    play.look();
    assert.notEqual(play.record?.endedAt, undefined, 'the rollout ends without it');
    play.paused.clear();
    assert.deepEqual(play.look(), ['a']);
  });

  test('is not drawn while another can be', () => {
    const play = new PlayedRollout({ waves: [{ name: 'one', count: 1 }] }, ['a', 'b', 'c']);
    for (const name of ['a', 'b']) play.paused.set(name, 'x');
    assert.deepEqual(play.look(), ['c']);
  });

  test('a wave of nothing else is passed', () => {
    const play = new PlayedRollout(
      { waves: [{ name: 'canary', clusterSelector: { matchLabels: { canary: 'yes' } } }] },
      ['a', 'b'],
    );
    play.labels.set('a', { canary: 'yes' });
    play.paused.set('a', 'x');
    assert.deepEqual(play.look(), ['b']);
    assert.match(play.wave('canary').message ?? '', /^all of its clusters are paused, and is passed/);
  });
});
