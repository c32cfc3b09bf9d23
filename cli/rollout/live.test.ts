import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import type { ApprovalSpec } from '../../functions/generated/types.ts';
import type { JsonObject } from '../../functions/kube/json.ts';
import type { KubeObject } from '../../functions/kube/object.ts';
import { revisionObject } from '../../functions/revision/revision-content.ts';
import { serveHub } from '../hub-reader/served-hub.ts';
import { settleTree } from '../plan/settle-tree.ts';
import { runInProcess } from '../run-in-process.ts';
import { sampleApp as plainApp, sampleFleet, sampleFolder } from '../whatif/sample-fleet.ts';
import { type Sample, sampleApp, sampleWave } from './sample-subject.ts';

const owner = { apiVersion: 'crossply.dev/v1alpha1', kind: 'App', name: 'web' };
const revisions = ['r1', 'r2'].map((hash, index): KubeObject => {
  const object = revisionObject(owner, {
    name: `web-${hash}`,
    number: index,
    content: { templates: {}, overrides: [] },
  });
  return { ...object, metadata: { ...object.metadata, namespace: 'team' } };
});

/** An Approval that is there already, so that the hub serves the kind. */
const oldApproval: KubeObject = {
  ...{ apiVersion: 'crossply.dev/v1alpha1', kind: 'Approval', metadata: { name: 'old', namespace: 'team' } },
  spec: { for: { kind: 'App', name: 'web' }, revision: 'r1', wave: 'prod', approver: 'bob' },
};

async function hubOf(t: TestContext, sample: Sample = {}, manners: Parameters<typeof serveHub>[2] = {}) {
  const served = await serveHub(t, [sampleApp(sample), ...revisions, oldApproval], { user: 'bob', ...manners });
  const rollout = (...args: readonly string[]) => runInProcess('rollout', ...args, '--kubeconfig', served.kubeconfig);
  const live = () => served.objects.find(({ kind }) => kind === 'App');
  return { ...served, rollout, live };
}

test('status reads, and tells the next step', async (t) => {
  const { rollout, requests } = await hubOf(t);
  const { code, printed, complaints } = await rollout('status', 'app/web');
  assert.deepEqual([code, complaints], [0, []]);
  assert.match(printed, /^App team\/web {2}Progressing {2}revision r2 {2}rollout 2, by anna /);
  assert.match(printed, /next:\n {2}crossply rollout approve app\/web -n team --wave prod /);
  const json = JSON.parse((await rollout('status', 'web', '-n', 'team', '-o', 'json')).printed);
  assert.deepEqual(Object.keys(json), ['phase', 'revision', 'rollout', 'next']);
  assert.deepEqual(
    requests.filter((request) => !request.startsWith('GET ')),
    [],
  );
});

test('a rollout that is over is not waited for', async (t) => {
  const waves = [sampleWave('prod', { state: 'Done' })];
  const sample: Sample = { status: { phase: 'Healthy' }, progress: { waves, endedAt: '2026-01-01T10:05:00Z' } };
  const { rollout } = await hubOf(t, sample);
  const { code, printed } = await rollout('status', 'web', '--watch');
  assert.equal(code, 0);
  assert.match(printed, /ended 2026-01-01T10:05:00Z after 5m/);
});

test('edits change spec.rollout alone, and say who made them', async (t) => {
  const { rollout, live, requests } = await hubOf(t, { rollout: { maxConcurrent: 2 } });
  const before = live();
  for (const [args, expected] of [
    [['pause'], { maxConcurrent: 2, paused: true }],
    [['resume'], { maxConcurrent: 2 }],
    [['rollback'], { maxConcurrent: 2, rollbackTo: 'r1' }],
    [['rollback', '--undo'], { maxConcurrent: 2 }],
  ] as const) {
    const [subcommand, ...flags] = args;
    const { code, printed, complaints } = await rollout(subcommand, 'app/web', ...flags);
    assert.deepEqual([code, complaints], [0, []], args.join(' '));
    assert.match(printed, /App team\/web /);
    const { spec, metadata, status } = live() ?? assert.fail();
    assert.deepEqual(spec, { computeNamespace: 'live', rollout: expected });
    assert.deepEqual(metadata.annotations, { 'crossply.dev/last-editor': 'bob' });
    assert.deepEqual(status, before?.status);
  }
  const patches = requests.filter((request) => request.startsWith('PATCH '));
  assert.equal(patches.length, 4);
  for (const patch of patches)
    assert.equal(patch, 'PATCH /apis/crossply.dev/v1alpha1/namespaces/team/apps/web?fieldManager=crossply');
});

test('a retry raises the attempt', async (t) => {
  const rejected = [{ revision: 'r3', attempt: 1, at: '2026-01-01T10:10:00Z', reason: 'failed' }];
  const { rollout, live } = await hubOf(t, { progress: { direction: 'Back', rejected } });
  assert.equal((await rollout('retry', 'web')).printed, 'App team/web tries revision r3 again (attempt 2)\n');
  const { spec } = live() ?? assert.fail();
  assert.deepEqual(spec, { computeNamespace: 'live', rollout: { attempt: 2 } });
});

test('approve and reject make an Approval under the name that the hub knows', async (t) => {
  const { rollout, objects, requests } = await hubOf(t);
  const before = Date.now();
  const approved = await rollout('approve', 'web', '--reason', 'tested', '--expires-in', '1h');
  assert.deepEqual([approved.code, approved.complaints], [0, []]);
  assert.match(
    approved.printed,
    /^bob approves of wave prod with revision r2 of App team\/web until \S+ \(Approval web-prod-x7k2p\)\n$/,
  );
  const rejected = await rollout('reject', 'web', '--reason', 'too late');
  assert.match(
    rejected.printed,
    /^bob rejects wave prod with revision r2 of App team\/web \(Approval web-prod-x7k2p\)\n$/,
  );
  const [first, second] = objects.slice(-2).map(({ spec }) => spec as unknown as ApprovalSpec);
  const { expiresAt = '', ...rest } = first ?? assert.fail();
  const about = { for: { kind: 'App', name: 'web' }, revision: 'r2', wave: 'prod', approver: 'bob' };
  assert.deepEqual(rest, { ...about, decision: 'Approve', reason: 'tested' });
  assert.ok(Math.abs(Date.parse(expiresAt) - before - 3_600_000) < 10_000, expiresAt);
  assert.deepEqual(second, { ...about, decision: 'Reject', reason: 'too late' });
  assert.ok(
    requests.includes('POST /apis/crossply.dev/v1alpha1/namespaces/team/approvals?fieldManager=crossply'),
    requests.join('\n'),
  );
});

test('exactly the clusters that are held are approved of, and only when that is confirmed', async (t) => {
  const app = plainApp('web', {});
  const annotations = { 'crossply.dev/last-editor': 'anna' };
  const fleet = sampleFleet({ 'eu-1': {}, 'eu-2': {}, 'us-1': {}, 'us-2': {} }, [
    { ...app, metadata: { ...app.metadata, annotations } },
  ]);
  const { hub } = await settleTree(sampleFolder(t, fleet), { maxVirtualSeconds: 7200, onProgress: () => {} });
  const held = { type: 'RemovalHeld', status: 'True', reason: 'TooManyRemovals' };
  const objects = [...hub.store.index.all()].map((object): KubeObject => {
    if (object.kind !== 'App') return object;
    const spec = { ...(object.spec as JsonObject), placement: { clusterNames: ['eu-1', 'eu-2'] } };
    return { ...object, spec, status: { ...(object.status as JsonObject), conditions: [held] } };
  });
  const served = await serveHub(t, [...objects, oldApproval], { user: 'bob' });
  const approve = (...flags: readonly string[]) =>
    runInProcess('rollout', 'approve', 'web', '--removals', ...flags, '--kubeconfig', served.kubeconfig);
  const asked = await approve();
  assert.equal(asked.code, 1);
  assert.equal(asked.printed, 'App team/web should leave 2 clusters:\n  us-1\n  us-2\n');
  assert.deepEqual(asked.complaints, ['nobody is there to be asked; say --yes if that is meant']);
  assert.equal(served.objects.length, objects.length + 1);
  const meant = await approve('--yes');
  assert.deepEqual([meant.code, meant.complaints], [0, []]);
  assert.match(meant.printed, /^bob approves of leaving us-1, us-2 with revision /);
  const { spec } = served.objects.at(-1) ?? assert.fail();
  assert.deepEqual((spec as unknown as ApprovalSpec).removals, ['us-1', 'us-2']);
});

const refusals: readonly [args: readonly string[], complaint: RegExp][] = [
  [['resume', 'web'], /^crossply rollout: App team\/web is not paused$/],
  [['retry', 'web'], /^crossply rollout: nothing of App team\/web was rolled back/],
  [['rollback', 'web', '--to', 'r9'], /revision "r9" of App team\/web is not kept; kept are r2, r1$/],
  [['approve', 'web', '--wave', 'canary'], /^crossply rollout: wave canary of App team\/web was opened/],
  [['approve', 'web', '--removals'], /^crossply rollout: no cluster of App team\/web is held/],
];

for (const [args, complaint] of refusals) {
  test(`crossply rollout ${args.join(' ')} would change nothing and is refused: exit code 1`, async (t) => {
    const { rollout, requests } = await hubOf(t);
    const { code, printed, complaints } = await rollout(...args);
    assert.deepEqual([code, printed], [1, '']);
    assert.match(complaints.join('\n'), complaint);
    assert.ok(!requests.some((request) => request.startsWith('PATCH ') || request.includes('/approvals?')));
  });
}

test('who may not write is told which verb is missing: exit code 1', async (t) => {
  const { rollout } = await hubOf(t, {}, { writeRefusal: 403 });
  for (const [args, complaint] of [
    [['pause', 'web'], /^crossply rollout: user reader may not patch App team\/web: code 403 it is$/],
    [['approve', 'web'], /^crossply rollout: user reader may not create Approvals in namespace team: code 403 it is$/],
  ] as const) {
    const { code, complaints } = await rollout(...args);
    assert.equal(code, 1);
    assert.match(complaints.join('\n'), complaint);
  }
});

const misuses: readonly [args: readonly string[], complaint: string][] = [
  [[], 'rollout takes a subcommand; there are status, approve, reject, pause, resume, rollback, retry'],
  [['stats', 'web'], 'there is no subcommand "stats"; did you mean "status"?'],
  [['status'], 'rollout status takes one KIND/NAME, such as app/shop'],
  [['status', 'wbe', '-n', 'team'], 'there is no App "wbe" in namespace team; did you mean "web"?'],
  [['status', 'aps/web'], 'there is no kind "aps" that is placed on clusters; did you mean "App"?'],
  [['pause', 'web', '--wave', 'prod'], '--wave: is not a flag of rollout pause'],
  [['reject', 'web'], '--reason: a rejection needs one, for those who have to mend what was rejected'],
  [['approve', 'web', '--expires-in', 'soon'], '--expires-in: must be a duration such as 1h or 90m (got "soon")'],
  [['approve', 'web', '--removals', '--wave', 'x'], '--removals: goes without --wave; they are approved one by one'],
  [['rollback', 'web', '--to', 'r1', '--undo'], '--undo: goes without --to'],
  [['status', 'web', '-o', 'xml'], '--output: must be one of table, json (got "xml")'],
  [['status', 'web', '-w', '-o', 'json'], '--watch prints lines, so it goes without --output json'],
];

for (const [args, complaint] of misuses) {
  test(`crossply rollout ${args.join(' ')} is misuse: exit code 2`, async (t) => {
    const { rollout } = await hubOf(t);
    assert.deepEqual(await rollout(...args), { code: 2, printed: '', complaints: [`crossply rollout: ${complaint}`] });
  });
}
