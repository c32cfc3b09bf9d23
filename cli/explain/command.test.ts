import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { parse } from 'yaml';
import type { RolloutStatus } from '../../functions/generated/types.ts';
import { serveHub } from '../hub-reader/served-hub.ts';
import { settleTree } from '../plan/settle-tree.ts';
import { runInProcess } from '../run-in-process.ts';
import { sampleApp, sampleFleet, sampleFolder, sampleSet } from '../whatif/sample-fleet.ts';
import type { Explanation } from './explanation.ts';

const stateful = join(import.meta.dirname, '..', '..', 'examples', 'stateful');

test('a composite is told of in one line, then a row for each cluster with what would help', async () => {
  const { code, printed, complaints } = await runInProcess('explain', 'orders-db', '-f', stateful);
  assert.deepEqual([code, complaints], [0, []]);
  const [summary, blank, header, ...rows] = printed.trimEnd().split('\n');
  assert.match(summary ?? '', /^App team-orders\/orders-db {2}Placed: 1 of 2 clusters$/);
  assert.equal(blank, '');
  assert.match(header ?? '', /^CLUSTER +VERDICT +REPLICAS +WHY +WHAT WOULD HELP$/);
  assert.match(rows[0] ?? '', /^data-1 +Kept +mongo 3 +member of data-eu/);
  assert.match(
    rows[1] ?? '',
    /^data-2 +Outscored +- +matches, but 1 cluster is enough.*would be selected with 2 clusters$/,
  );
  assert.equal(rows.length, 2);
});

const tainted = sampleSet({
  taints: [{ clusters: { clusterNames: ['eu-1'] }, key: 'gpu', value: 'only', effect: 'NoSchedule' }],
});
const clusters = { 'eu-1': { labels: { region: 'eu' }, properties: { cost: '3' } }, 'us-1': {} };
const apps = [
  sampleApp('web', {}),
  { ...sampleApp('web', {}), metadata: { name: 'web', namespace: 'other' } },
  sampleApp('lost', { clusterNames: ['asia-1'] }),
];

const misuses: readonly [args: readonly string[], complaint: string][] = [
  [[], 'explain takes one KIND/NAME, such as app/shop'],
  [['app/'], 'explain takes one KIND/NAME, such as app/shop'],
  [['app/web', 'app/web'], 'explain takes one KIND/NAME, such as app/shop'],
  [['web', '-o', 'xml'], '--output: must be one of table, json, yaml (got "xml")'],
  [['web', '--clutser', 'x'], "Unknown option '--clutser'"],
  [['aps/web'], 'there is no kind "aps" that is placed on clusters; did you mean "App"?'],
  [
    ['clusterset/all'],
    'there is no kind "clusterset" that is placed on clusters; there are Tier, ComputeNamespace, App',
  ],
  [['wbe', '-n', 'team'], 'there is no App "wbe" in namespace team; did you mean "web"?'],
  [['storefront', '-n', 'team'], 'there is no App "storefront" in namespace team; there are team/lost, team/web'],
  [['web', '-n', 'nowhere'], 'there is no App "web" in namespace nowhere; there is no App at all'],
  [['web'], 'App web is in the namespaces other, team; say which with --namespace'],
  [
    ['web', '-n', 'team', '--cluster', 'us-2'],
    '--cluster: there is no cluster "us-2" that App web could be on; did you mean "us-1"?',
  ],
  [
    ['web', '-n', 'other', '--cluster', 'eu-1'],
    '--cluster: no cluster was looked at for App web: spec.computeNamespace: there is no ComputeNamespace "live" in namespace other; create it, or name one that exists',
  ],
];

test('a hub of several Apps', async (t) => {
  const folder = sampleFolder(t, sampleFleet(clusters, apps, [tainted]));
  const { hub } = await settleTree(folder, { maxVirtualSeconds: 7200, onProgress: () => {} });
  const { kubeconfig } = await serveHub(t, [...hub.store.index.all()]);
  const explain = (...args: readonly string[]) => runInProcess('explain', ...args, '--kubeconfig', kubeconfig);

  await t.test('kinds are taken in any case, singular or plural, with or without their group', async () => {
    for (const [target, title] of [
      ['lost', 'App team/lost'],
      ['APP/lost', 'App team/lost'],
      ['apps.crossply.dev/lost', 'App team/lost'],
      ['tiers/prod', 'Tier platform/prod'],
      ['ComputeNamespace/live', 'ComputeNamespace team/live'],
    ] as const) {
      const { code, printed } = await explain(target);
      assert.equal(code, 0, target);
      assert.ok(printed.startsWith(`${title}  `), printed);
    }
  });

  await t.test('a composite that is not placed is explained as well', async () => {
    const { code, printed } = await explain('lost');
    assert.equal(code, 0);
    assert.match(printed, /^App team\/lost {2}NoClusterMatches: 0 of 2 clusters: 2 not among the cluster names\n/);
    assert.match(printed, /^us-1 +Filtered +not among the cluster names/m);
  });

  await t.test('--cluster tells everything about one cluster', async () => {
    const { printed } = await explain('web', '-n', 'team', '--cluster', 'eu-1');
    assert.equal(
      printed,
      [
        'App team/web on eu-1  Filtered',
        '  why          taint gpu=only:NoSchedule',
        '  would help   would be selected with toleration gpu=only',
        '  cluster set  platform/all',
        '  version      v1.35.1',
        '  health       healthy',
        '  taints       gpu=only:NoSchedule',
        '  labels       region=eu',
        '  properties   cost=3',
        '',
      ].join('\n'),
    );
    const json = await explain('web', '-n', 'team', '--cluster', 'us-1', '-o', 'json');
    const explanation = JSON.parse(json.printed) as Explanation;
    assert.deepEqual(
      explanation.clusters.map(({ cluster, verdict, replicas }) => ({ cluster, verdict, replicas })),
      [{ cluster: 'us-1', verdict: 'Kept', replicas: { 'web-web': 2 } }],
    );
  });

  await t.test('the verdicts are those of the status', async () => {
    for (const [target, kind] of [
      ['tier/prod', 'Tier'],
      ['computenamespace/live', 'ComputeNamespace'],
      ['lost', 'App'],
    ] as const) {
      const name = target.slice(target.indexOf('/') + 1);
      const [composite] = hub
        .list({ apiVersion: 'crossply.dev/v1alpha1', kind })
        .filter(({ metadata }) => metadata.name === name);
      const { placement } = (composite ?? assert.fail()).status as RolloutStatus;
      const { clusters: explained } = JSON.parse((await explain(target, '-o', 'json')).printed) as Explanation;
      const told = explained.map(({ cluster, verdict, reason }) => ({ cluster, verdict, reason }));
      const reported = placement?.verdicts.map(({ cluster, verdict, reason }) => ({ cluster, verdict, reason }));
      assert.equal(told.length, 2);
      assert.deepEqual(told, reported);
    }
  });

  await t.test('JSON and YAML say the same', async () => {
    const args = ['web', '-n', 'team', '--output'];
    const [json, yaml] = [await explain(...args, 'json'), await explain(...args, 'yaml')];
    const explanation = JSON.parse(json.printed) as Explanation;
    assert.deepEqual(parse(yaml.printed), explanation);
    const { clusters: explained, ...rest } = explanation;
    assert.deepEqual(rest, {
      kind: 'App',
      namespace: 'team',
      name: 'web',
      mode: 'Decided',
      summary: { reason: 'Placed', message: '1 of 2 clusters: 1 taint gpu=only:NoSchedule' },
      candidates: 2,
      selected: 1,
    });
    assert.deepEqual(Object.keys(explained[0]?.facts ?? {}).sort(), [
      'clusterSet',
      'healthy',
      'labels',
      'properties',
      'taints',
      'version',
    ]);
  });

  for (const [args, complaint] of misuses) {
    await t.test(`crossply explain ${args.join(' ')} is misuse that says what there is: exit code 2`, async () => {
      const { code, printed, complaints } = await explain(...args);
      assert.deepEqual([code, printed, complaints], [2, '', [`crossply explain: ${complaint}`]]);
    });
  }
});
