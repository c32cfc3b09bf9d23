import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { serveHub } from '../hub-reader/served-hub.ts';
import { asObject } from '../offline-hub/lenient-json.ts';
import { settleTree } from '../plan/settle-tree.ts';
import { runInProcess } from '../run-in-process.ts';
import type { CompositeMove } from './compare.ts';
import { sampleApp, sampleFleet, sampleFolder, sampleProfile } from './sample-fleet.ts';

const stateful = join(import.meta.dirname, '..', '..', 'examples', 'stateful');

const fleet = sampleFleet({ 'eu-1': {}, 'eu-2': {}, 'us-1': {} }, [
  sampleApp('pair', { numberOfClusters: 2, clusterNames: ['eu-1', 'eu-2'] }),
  sampleApp('solo', { numberOfClusters: 1, clusterNames: ['eu-1', 'us-1'] }),
  sampleApp('wide', { replicas: { mode: 'Divided', weights: [{ clusters: { cel: 'true' }, weight: 1 }] } }, 6),
]);

test('a folder is planned first, and every composite that would move is told of with the reason', async () => {
  const { code, printed, complaints } = await runInProcess('whatif', '-f', stateful, '--drain', 'data-1');
  assert.deepEqual([code, complaints], [0, []]);
  assert.equal(
    printed,
    'App team-orders/orders-db  data-1 → data-2  (taint crossply.dev/drain:NoExecute)\n\n1 of 3 composites would move\n',
  );
});

const misuses: readonly [args: readonly string[], complaint: string][] = [
  [
    [],
    'whatif needs to know what would change; give at least one of --drain, --unhealthy, --remove, --taint, --capacity, --label and --add',
  ],
  [['--drain', 'eu-1', '-o', 'yaml'], '--output: must be one of table, json (got "yaml")'],
  [['eu-1'], "Unexpected argument 'eu-1'"],
  [['--drain', 'eu-3'], '--drain: no ClusterSet has a cluster "eu-3"; did you mean "eu-1"?'],
  [['--unhealthy', 'asia'], '--unhealthy: no ClusterSet has a cluster "asia"; there are eu-1, eu-2, us-1'],
  [
    ['--taint', 'eu-1:gpu'],
    '--taint: must be CLUSTER:KEY[=VALUE]:EFFECT (got "eu-1:gpu"); such as eu-1:dedicated=batch:NoSchedule',
  ],
  [
    ['--taint', 'eu-1:gpu:noexecute'],
    '--taint: the effect must be one of NoSchedule, PreferNoSchedule, NoExecute (got "noexecute"); did you mean "NoExecute"?',
  ],
  [
    ['--taint', 'eu-1:gp u:NoExecute'],
    '--taint: must have the form of a label key, such as example.com/gpu (got "gp u")',
  ],
  [
    ['--taint', 'eu-1:gpu=a b:NoExecute'],
    '--taint: must have a value of at most 63 letters, digits, dashes, dots and underscores (got "a b")',
  ],
  [
    ['--capacity', 'eu-1'],
    '--capacity: must be CLUSTER:PROPERTY=QUANTITY (got "eu-1"); such as eu-1:resources.kubernetes-fleet.io/available-cpu=8',
  ],
  [['--capacity', 'eu-1:cpu=much'], '--capacity: must be a quantity such as 500m, 2 or 1.5Gi (got "much")'],
  [
    ['--label', 'eu-1:region'],
    '--label: must be CLUSTER:KEY=VALUE (got "eu-1:region"); such as eu-1:example.com/gpu=yes',
  ],
  [
    ['--label', 'eu-1:region=e u'],
    '--label: must have a value of at most 63 letters, digits, dashes, dots and underscores (got "e u")',
  ],
  [['--remove', 'eu-3'], '--remove: no ClusterSet has a cluster "eu-3"; did you mean "eu-1"?'],
  [['--add', 'nowhere.yaml'], '--add: there is no file or folder nowhere.yaml'],
];

test('a hub of several Apps', async (t) => {
  const { hub } = await settleTree(sampleFolder(t, fleet), { maxVirtualSeconds: 7200, onProgress: () => {} });
  const { kubeconfig } = await serveHub(t, [...hub.store.index.all()]);
  const whatif = (...args: readonly string[]) => runInProcess('whatif', ...args, '--kubeconfig', kubeconfig);

  for (const [args, complaint] of misuses) {
    await t.test(`crossply whatif ${args.join(' ')} is misuse: exit code 2`, async () => {
      const { code, printed, complaints } = await whatif(...args);
      assert.deepEqual([code, printed, complaints], [2, '', [`crossply whatif: ${complaint}`]]);
    });
  }

  await t.test('every mistake is told at once', async () => {
    const { complaints } = await whatif('--taint', 'x', '--label', 'y', '--drain', 'eu-1');
    assert.equal(complaints.join('\n').split('\n').length, 2);
  });

  await t.test('what moves nothing says so', async () => {
    const { code, printed } = await whatif('--taint', 'us-1:gpu=only:NoSchedule', '--label', 'eu-2:colour=blue');
    assert.deepEqual([code, printed], [0, 'nothing would move\n']);
  });

  await t.test('replicas that change are told of for each component', async () => {
    const { code, printed } = await whatif('--taint', 'us-1:gpu:NoExecute');
    assert.equal(code, 0);
    assert.match(
      printed,
      /^App team\/wide +- us-1 +\(taint gpu:NoExecute\)\n +wide-web 2 → 3 replicas on eu-1\n +wide-web 2 → 3 replicas on eu-2$/m,
    );
  });

  await t.test(
    'a composite that would be without enough clusters is told of with its condition: exit code 1',
    async () => {
      const { code, printed } = await whatif('--drain', 'eu-2');
      assert.equal(code, 1);
      assert.match(
        printed,
        /without enough clusters then:\n {2}App team\/pair {2}TooFewClusters: 1 of 3 clusters: .*; 2 are wanted\n/,
      );
      assert.match(printed, /would move; 1 composite would be without enough clusters\n$/);
    },
  );

  await t.test('JSON has the composites that move or are not placed, from where to where', async () => {
    const { code, printed } = await whatif('--drain', 'eu-2', '-o', 'json');
    assert.equal(code, 1);
    const { isSettled, composites } = JSON.parse(printed) as { isSettled: boolean; composites: CompositeMove[] };
    assert.equal(isSettled, true);
    assert.deepEqual(
      composites.map(({ kind, name }) => `${kind} ${name}`),
      ['App pair', 'App wide'],
    );
    const [pair] = composites;
    assert.deepEqual(
      { ...pair, summary: pair?.summary.reason },
      {
        kind: 'App',
        namespace: 'team',
        name: 'pair',
        from: ['eu-1', 'eu-2'],
        to: ['eu-1'],
        leaves: [{ cluster: 'eu-2', reason: 'taint crossply.dev/drain:NoExecute' }],
        joins: [],
        replicas: [],
        lostReplicas: [{ component: 'pair-web', from: 4, to: 2 }],
        summary: 'TooFewClusters',
        isPlaced: false,
        wasPlaced: true,
        isUnderWay: false,
      },
    );
  });

  await t.test('what comes anyway is told apart from what the change brings', async (edited) => {
    const objects = [...hub.store.index.all()].map((object) =>
      object.metadata.name === 'solo' && object.kind === 'App'
        ? { ...object, spec: { ...asObject(object.spec), placement: { numberOfClusters: 2 } } }
        : object,
    );
    const other = await serveHub(edited, objects);
    const { code, printed } = await runInProcess('whatif', '--label', 'eu-2:a=b', '--kubeconfig', other.kubeconfig);
    assert.equal(code, 0);
    const expected =
      /^under way already, with or without that:\n {2}App team\/solo {2}\+ \S+ .*\n\nnothing would move\n$/;
    assert.match(printed, expected);
  });

  await t.test(
    'an added cluster is joined by what runs everywhere, and can be told of in other flags',
    async (added) => {
      const folder = sampleFolder(added, [sampleProfile('asia-1')]);
      const { code, printed } = await whatif('--add', folder);
      assert.equal(code, 0);
      assert.match(printed, /^Tier platform\/prod +\+ asia-1 +\(member of all\)$/m);
      assert.match(printed, /^App team\/wide +\+ asia-1 +\(member of all\)$/m);
      const tainted = await whatif('--add', folder, '--taint', 'asia-1:fresh:NoSchedule');
      assert.match(tainted.printed, /\+ asia-1/);
      assert.doesNotMatch(tainted.printed, /App/, 'the taint keeps Apps away, not what the platform has everywhere');
    },
  );

  await t.test('a cluster that is gone is left by all, and more than may leave are held', async () => {
    const one = await whatif('--remove', 'eu-2');
    assert.match(one.printed, /^Tier platform\/prod +- eu-2 +\(no longer a member of its ClusterSet\)$/m);
    assert.match(one.printed, /^App team\/pair +- eu-2 .*\n +pair-web 4 → 2 replicas in all$/m);
    assert.doesNotMatch(one.printed, /held/);
    const two = await whatif('--remove', 'eu-2', '--remove', 'us-1');
    assert.match(
      two.printed,
      /^Tier platform\/prod .*\n +held: 2 would leave at once, 1 may +\(until an Approval lists eu-2, us-1, or spec\.rollout\.maxRemovals is raised\)$/m,
    );
    assert.match(two.printed, /, 3 of them when somebody approves/);
  });

  await t.test('a profile that would add nothing is misuse that says why: exit code 2', async (added) => {
    const known = sampleProfile('eu-1');
    const foreign = { ...known, metadata: { name: 'x', namespace: 'elsewhere' } };
    const folder = sampleFolder(added, [known, foreign]);
    const { code, complaints } = await whatif('--add', folder);
    assert.equal(code, 2);
    assert.match(
      complaints.join('\n'),
      /--add: \S+000\.json:1: ClusterProfile fleet\/eu-1 is cluster eu-1, which is there already/,
    );
    assert.match(
      complaints.join('\n'),
      /--add: \S+001\.json:1: ClusterProfile elsewhere\/x would be in no ClusterSet \(none reads ClusterProfiles of its namespace; they are read of fleet\)/,
    );
    for (const [name, text, complaint] of [
      [
        'other.yaml',
        'apiVersion: v1\nkind: Namespace\nmetadata: {name: x}\n',
        /other\.yaml:2: must be a ClusterProfile \(got Namespace\)/,
      ],
      ['broken.yaml', 'a: [1\nb: 2\n', /broken\.yaml:2: is not YAML/],
      ['empty.yaml', '', /empty\.yaml holds no ClusterProfile/],
    ] as const) {
      writeFileSync(join(folder, name), text);
      const ended = await whatif('--add', join(folder, name));
      assert.equal(ended.code, 2);
      assert.match(ended.complaints.join('\n'), complaint);
    }
  });
});
