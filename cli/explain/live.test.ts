import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { test } from 'node:test';
import type { ClusterSetStatus } from '../../functions/generated/types.ts';
import type { Json } from '../../functions/kube/json.ts';
import type { KubeObject } from '../../functions/kube/object.ts';
import { kubeconfigOf, serveHub } from '../hub-reader/served-hub.ts';
import { settleTree } from '../plan/settle-tree.ts';
import { runInProcess } from '../run-in-process.ts';
import type { Explanation } from './explanation.ts';

const example = join(import.meta.dirname, '..', '..', 'examples', 'stateful');
let settled: Promise<readonly KubeObject[]> | undefined;

/** The objects of a hub on which the example has settled. */
function hubObjects(): Promise<readonly KubeObject[]> {
  settled ??= settleTree(example, { maxVirtualSeconds: 7200, onProgress: () => {} }).then(({ hub }) => [
    ...hub.store.index.all(),
  ]);
  return settled;
}

test('a hub that is asked explains the same as its folder, and is only read', async (t) => {
  const { kubeconfig, requests } = await serveHub(t, await hubObjects());
  const asked = await runInProcess('explain', 'app/orders-db', '--kubeconfig', kubeconfig, '-o', 'json');
  const planned = await runInProcess('explain', 'app/orders-db', '-f', example, '-o', 'json');
  assert.deepEqual([asked.code, asked.complaints], [0, []]);
  assert.deepEqual(JSON.parse(asked.printed), JSON.parse(planned.printed));
  assert.equal(JSON.parse(asked.printed).clusters.length, 2);
  assert.ok(requests.length > 5);
  assert.deepEqual(
    requests.filter((request) => !request.startsWith('GET ')),
    [],
  );
  assert.deepEqual(requests.length, new Set(requests).size, 'nothing is asked twice');
});

test('every cluster is told of, however many: the status holds 40 at the most', async (t) => {
  const objects = (await hubObjects()).map((object) =>
    object.kind === 'ClusterSet' ? withMembers(object, 60) : object,
  );
  const { kubeconfig } = await serveHub(t, objects);
  const { printed } = await runInProcess('explain', 'orders-db', '--kubeconfig', kubeconfig, '-o', 'json');
  const { clusters, candidates } = JSON.parse(printed) as Explanation;
  assert.deepEqual([clusters.length, candidates], [60, 60]);
  assert.deepEqual(
    [...new Set(clusters.map(({ verdict }) => verdict))],
    ['Kept', 'Outscored', 'Filtered'],
    'the chosen one, then those that would do, then those that would not',
  );
});

test('whatif tells the same of a hub as of its folder', async (t) => {
  const { kubeconfig } = await serveHub(t, await hubObjects());
  const asked = await runInProcess('whatif', '--drain', 'data-1', '--kubeconfig', kubeconfig, '-o', 'json');
  const planned = await runInProcess('whatif', '--drain', 'data-1', '-f', example, '-o', 'json');
  assert.deepEqual([asked.code, asked.complaints], [0, []]);
  assert.deepEqual(JSON.parse(asked.printed), JSON.parse(planned.printed));
});

test('the kubeconfig is found as kubectl finds it, and the namespace of its context counts', async (t) => {
  const { kubeconfig } = await serveHub(t, await hubObjects(), { namespace: 'elsewhere' });
  const known = process.env['KUBECONFIG'];
  t.after(() => {
    if (known === undefined) delete process.env['KUBECONFIG'];
    else process.env['KUBECONFIG'] = known;
  });
  process.env['KUBECONFIG'] = kubeconfig;
  const { code, complaints } = await runInProcess('explain', 'orders-db');
  assert.deepEqual(
    [code, complaints],
    [2, ['crossply explain: there is no App "orders-db" in namespace elsewhere; there is no App at all']],
  );
  assert.equal((await runInProcess('explain', 'orders-db', '-n', 'team-orders')).code, 0);
});

const refusals: readonly [code: number, complaint: RegExp][] = [
  [
    401,
    /^crossply explain: the hub at http:\S+ \(context hub\) does not accept the credentials of user reader; log in again$/,
  ],
  [403, /^crossply explain: user reader may not read what placement is decided from: code 403 it is$/],
  [500, /answered with code 500: code 500 it is$/],
  [404, /^crossply explain: the hub has no Composition with a ClusterSelector step.*install Crossply there/],
];

for (const [refusal, complaint] of refusals) {
  test(`a hub that answers with code ${refusal} is told of: exit code 1`, async (t) => {
    const { kubeconfig } = await serveHub(t, await hubObjects(), { refusal });
    const { code, printed, complaints } = await runInProcess('explain', 'app/orders-db', '--kubeconfig', kubeconfig);
    assert.deepEqual([code, printed], [1, '']);
    assert.match(complaints.join('\n'), complaint);
  });
}

test('a hub that cannot be reached is told of with its address: exit code 1', async (t) => {
  const { kubeconfig } = await serveHub(t, []);
  writeFileSync(kubeconfig, JSON.stringify(kubeconfigOf(`http://127.0.0.1:${await freePort()}`)));
  const { code, complaints } = await runInProcess('explain', 'app/orders-db', '--kubeconfig', kubeconfig);
  assert.equal(code, 1);
  assert.match(
    complaints.join('\n'),
    /cannot reach the hub at http:\/\/127\.0\.0\.1:\d+ \(context hub\): connect ECONNREFUSED 127\.0\.0\.1:\d+; is it running/,
  );
});

test('a kubeconfig that is no use is misuse: exit code 2', async (t) => {
  const { kubeconfig } = await serveHub(t, []);
  const broken = `${kubeconfig}.broken`;
  writeFileSync(broken, '{a: [');
  const misuses: readonly [args: readonly string[], complaint: RegExp][] = [
    [['--kubeconfig', 'nowhere'], /: --kubeconfig: there is no file nowhere$/],
    [['--kubeconfig', broken], /: --kubeconfig: \S+ cannot be read: /],
    [['--kubeconfig', kubeconfig, '--context', 'hbu'], /: --context: there is no context "hbu"; did you mean "hub"\?$/],
    [['--kubeconfig', kubeconfig, '--context', 'stray'], /: --context: context "stray" names a cluster/],
    [['--kubeconfig', kubeconfig, '-f', example], /: --filename: goes without --kubeconfig and --context; /],
    [['-f', 'nowhere'], /: --filename: there is no file or folder nowhere$/],
  ];
  for (const [args, complaint] of misuses) {
    const { code, complaints } = await runInProcess('explain', 'app/orders-db', ...args);
    assert.equal(code, 2);
    assert.match(complaints.join('\n'), complaint);
  }
});

/** Nobody listens on a port that was free a moment ago. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Every third of the members that are made up is unhealthy. */
function withMembers(set: KubeObject, count: number): KubeObject {
  const { members = [] } = set.status as ClusterSetStatus;
  const [first] = members;
  if (first === undefined) return set;
  const more = Array.from({ length: count - members.length }, (_, index) => ({
    ...first,
    name: `extra-${index}`,
    healthy: index % 3 > 0,
  }));
  return { ...set, status: { members: [...members, ...more] as unknown as Json } };
}
