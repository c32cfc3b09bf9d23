import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { runInProcess } from '../run-in-process.ts';

const example = join(import.meta.dirname, '..', '..', 'examples', 'stateful');

test('--cluster prints one cluster only, and refuses an unknown one', async () => {
  const { printed, code } = await runInProcess('plan', example, '--cluster', 'data-2');
  assert.equal(code, 0);
  assert.match(printed, /Tier platform\/data-prod/);
  assert.doesNotMatch(printed, /App team-orders|^ {2}data-1/m);
  const unknown = await runInProcess('plan', example, '--cluster', 'data-3');
  assert.deepEqual(unknown, {
    code: 2,
    printed: '',
    complaints: ['crossply plan: --cluster: there is no cluster "data-3"; there are data-1, data-2'],
  });
});

test('--against compares with a folder and with a saved plan, as text and as JSON', async (t) => {
  const changed = copyWith(t, (text) => text.replace('mongo:8.0.12', 'mongo:8.0.13'));
  const expected = [
    '~ data-1  StatefulSet team-orders-orders/mongo',
    '    spec.template.spec.containers[0].image: "mongo:8.0.12" → "mongo:8.0.13"',
    '',
  ].join('\n');
  const folder = await runInProcess('plan', changed, '--against', example);
  assert.equal(folder.printed, expected);
  const saved = join(changed, 'before.json');
  const before = await runInProcess('plan', example, '--output', 'json');
  writeFileSync(saved, before.printed);
  assert.equal((await runInProcess('plan', example, '--against', saved)).printed, 'no difference\n');
  rmSync(saved);
  const json = await runInProcess('plan', example, '--against', changed, '--output', 'json', '--cluster', 'data-1');
  const fields = ['spec.template.spec.containers[0].image: "mongo:8.0.13" → "mongo:8.0.12"'];
  const object = 'StatefulSet team-orders-orders/mongo';
  assert.deepEqual(JSON.parse(json.printed), [{ cluster: 'data-1', object, change: 'changed', fields }]);
});

test('a file that is no plan cannot be compared with', async (t) => {
  const folder = copyWith(t, (text) => text);
  const file = join(folder, 'other.json');
  for (const [text, complaint] of [
    ['> crossply\n{}', /other\.json: is not JSON [\s\S]*npm run --silent/],
    ['{"kind": "List"}', /other\.json: is not a plan; make one with crossply plan PATH --output json/],
  ] as const) {
    writeFileSync(file, text);
    const { code, complaints } = await runInProcess('plan', example, '--against', file);
    assert.equal(code, 1);
    assert.match(complaints.join('\n'), complaint);
  }
});

test('--max-time ends a plan early: exit code 1', async () => {
  const { code, printed, complaints } = await runInProcess('plan', example, '--max-time', '2');
  assert.deepEqual([code, complaints], [1, ['not converged after 2 virtual seconds']]);
  assert.match(printed, /NOT finished after 2s/);
});

test('every mistake of a file is told with the line of its field: exit code 1', async (t) => {
  const folder = copyWith(t, (text) =>
    text
      .replace('replicas: 3', 'replicsa: 3')
      .replace('maxUnavailable: 1', 'maxUnavailable: [1]')
      .replace('tier: {namespace: platform, name: data-prod}', 'tier: {namespace: platform, name: data-dev}'),
  );
  writeFileSync(join(folder, 'zz.yaml'), 'kind: App\n---\na: [1\nb: 2\n---\n');
  const { code, complaints } = await runInProcess('plan', folder);
  assert.equal(code, 1);
  const told = complaints.map((line) => line.slice(folder.length + 1));
  assert.deepEqual(
    told.map((line) => /^[^:]+:\d+: (?:is not|\S+ \S+: [^:]+)/.exec(line)?.[0] ?? line),
    [
      'zz.yaml:1: is not',
      'zz.yaml:4: is not',
      'database.yaml:19: App team-orders/orders-db: spec.components[0].replicsa',
      'database.yaml:48: App team-orders/orders-db: spec.components[0].disruption.maxUnavailable',
      'database.yaml:6: ComputeNamespace team-orders/orders: spec.tier.name',
      'database.yaml:6: ComputeNamespace team-orders/orders: spec.tier',
    ],
  );
});

test('--output hub prints what render takes as required resources', async (t) => {
  const folder = copyWith(t, (text) => text);
  const { printed } = await runInProcess('plan', example, '--output', 'hub');
  const hub = join(folder, 'hub.yaml');
  writeFileSync(hub, printed);
  const rendered = await runInProcess('render', join(example, 'database.yaml'), 'compositions/app.yaml', '-e', hub);
  assert.equal(rendered.code, 0, rendered.complaints.join('\n'));
  assert.match(rendered.printed, /kind: AssignmentSlice/);
});

function copyWith(t: TestContext, change: (text: string) => string): string {
  const folder = mkdtempSync(join(tmpdir(), 'crossply-plan-'));
  t.after(() => rmSync(folder, { recursive: true }));
  cpSync(example, folder, { recursive: true });
  const database = join(folder, 'database.yaml');
  writeFileSync(database, change(readFileSync(database, 'utf8')));
  return folder;
}
