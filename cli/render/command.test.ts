import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { parseAllDocuments } from 'yaml';
import type { KubeObject } from '../../functions/kube/object.ts';
import { asList, asObject } from '../offline-hub/lenient-json.ts';
import { runInProcess } from '../run-in-process.ts';

const root = join(import.meta.dirname, '..', '..');
const clusters = join(root, 'examples', 'stateful', 'clusters.yaml');
const composition = join(root, 'compositions', 'cluster-set.yaml');
const definition = join(root, 'xrds', 'cluster-set.yaml');
const website = join(root, 'examples', 'bring-your-own-renderer');

test('a file may hold more than the composite, and what is required', async () => {
  const [composite, ...others] = await render(clusters, composition, '-e', clusters);
  assert.deepEqual(others, []);
  const members = asList(asObject(composite?.status)['members']).map((member) => asObject(member)['name']);
  assert.deepEqual(members, ['data-1', 'data-2']);
  assert.equal('tier' in asObject(composite?.spec), false);
});

test('-x prints the composite as given, and --xrd adds the defaults of its definition', async () => {
  const [given] = await render(clusters, composition, '-x');
  const [defaulted] = await render(clusters, composition, '-x', '--xrd', definition);
  const grace = (object: KubeObject | undefined) => asObject(object?.spec)['removalGracePeriodSeconds'];
  assert.deepEqual([grace(given), grace(defaulted)], [undefined, 300]);
});

test('-r prints events after what is composed, -c the context at the end', async () => {
  const [, ...documents] = await render(clusters, composition, '-r', '-c', '--context-values', 'a/b={"c": [1]}');
  assert.deepEqual(
    documents.map(({ kind }) => kind),
    ['Result', 'Context'],
  );
  assert.equal(documents[0]?.['message'], 'Successfully selected composition: clustersets.crossply.dev');
  assert.deepEqual(documents[1]?.['fields'], { 'a/b': { c: [1] } });
});

test('a value of the context counts before a file', async (t) => {
  const file = temporaryFile(t, 'x: from file');
  const flags = ['--context-files', `k=${file}`, '--context-files', `l=${file}`, '--context-values', 'k=text'];
  const documents = await render(clusters, composition, '-c', ...flags);
  assert.deepEqual(documents.at(-1)?.['fields'], { k: 'text', l: { x: 'from file' } });
});

test('an observed resource must be in the namespace of the composite', async (t) => {
  const observed = temporaryFile(t, 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a, namespace: elsewhere}\n');
  const { code, complaints } = await runInProcess('render', clusters, composition, '-o', observed);
  assert.equal(code, 1);
  assert.match(complaints.join(), /observed resource ConfigMap elsewhere\/a is not in the namespace of the XR/);
});

test('problems of the input are told with file and line: exit code 1', async (t) => {
  const broken = temporaryFile(t, 'kind: ClusterSet\nspec: [\n');
  const invalid = temporaryFile(t, readFileSync(clusters, 'utf8').replace('tier: data-prod', 'teir: data-prod'));
  const twice = temporaryFile(t, `${readFileSync(clusters, 'utf8')}\n---\n${readFileSync(clusters, 'utf8')}`);
  const cases: readonly (readonly [args: readonly string[], complaint: RegExp])[] = [
    [[broken, composition], /^\S+\.yaml:\d: is not YAML: /],
    [[invalid, composition, '--xrd', definition], /\.yaml:18: spec\.teir: is not a known field; did you mean "tier"\?/],
    [
      [clusters, composition, '--xrd', join(root, 'xrds', 'app.yaml')],
      /:15: --xrd: apps\.crossply\.dev does not define/,
    ],
    [[clusters, clusters], /clusters\.yaml holds no Composition/],
    [[composition, composition], /holds no ClusterSet of crossply\.dev\/v1alpha1/],
    [[twice, composition], /\.yaml:\d+: is the second ClusterSet of the file/],
    [[clusters, composition, '--context-values', 'x'], /--context-values: must be KEY=VALUE \(got "x"\)/],
    [[clusters, composition, '--context-files', 'x=/none'], /there is no file \/none/],
    [[clusters, composition, '-a', 'x'], /--function-annotations: must be KEY=VALUE \(got "x"\)/],
    [[clusters, composition, '-s', clusters], /--required-schemas: \S+ is no folder/],
  ];
  for (const [args, complaint] of cases) {
    const { code, complaints } = await runInProcess('render', ...args);
    assert.equal(code, 1);
    assert.match(complaints.join('\n'), complaint);
  }
});

test('a Fatal result is told and nothing is printed: exit code 1', async (t) => {
  const xr = temporaryFile(t, readFileSync(clusters, 'utf8').replace('tier: data-prod', 'tier: [1]'));
  const { code, printed, complaints } = await runInProcess('render', xr, composition);
  assert.deepEqual([code, printed], [1, '']);
  assert.match(complaints.join('\n'), /pipeline step "keep-members" returned a fatal result: .*\nspec\.tier: /);
});

test('a function that is not given or not there is named: exit code 1', async (t) => {
  const xr = [join(website, 'website.yaml'), join(website, 'composition.yaml')];
  const missing = await runInProcess('render', ...xr);
  assert.match(missing.complaints.join(), /step "render" needs Function function-website: give a file with it/);
  const text = readFileSync(join(website, 'functions.yaml'), 'utf8');
  const plain = temporaryFile(t, text.replace('Development', 'Docker'));
  const docker = await runInProcess('render', ...xr, plain);
  assert.match(docker.complaints.join(), /annotate it render\.crossplane\.io\/runtime: Development/);
  const target = 'render.crossplane.io/runtime-development-target=127.0.0.1:1';
  const overrides = ['-a', 'render.crossplane.io/runtime=Development', '-a', target];
  const nowhere = await runInProcess('render', ...xr, plain, ...overrides);
  assert.match(nowhere.complaints.join(), /step "render": no function can be reached at 127\.0\.0\.1:1/);
  assert.deepEqual([missing.code, docker.code, nowhere.code], [1, 1, 1]);
});

async function render(...args: readonly string[]): Promise<readonly KubeObject[]> {
  const { code, printed, complaints } = await runInProcess('render', ...args);
  assert.equal(code, 0, complaints.join('\n'));
  return parseAllDocuments(printed).map((document) => document.toJS() as KubeObject);
}

function temporaryFile(t: TestContext, text: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'crossply-render-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'file.yaml');
  writeFileSync(file, text);
  return file;
}
