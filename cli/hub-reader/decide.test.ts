import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { JsonObject } from '../../functions/kube/json.ts';
import { decide, findSelectorStep } from './decide.ts';
import type { HubReader } from './hub-reader.ts';
import { placedKinds } from './placed-kinds.ts';
import { readerOf, sampleClusterSet, sampleComposition, sampleStep, sampleWebsite } from './sample-hub.ts';

const selecting = sampleComposition('blogs', ['Report', 'ClusterSelector']);
const website = (crossplane: JsonObject) => sampleWebsite('blog', { crossplane });

test('the step is that of the revision of its Composition that a composite uses, else of the Composition', async () => {
  const revision = sampleComposition('blogs-1', ['ClusterSelector', 'Report'], 'CompositionRevision');
  const hub = readerOf({ ...selecting, spec: sampleComposition('', ['Report']).spec ?? {} }, revision);
  const chosen = { compositionRef: { name: 'blogs' }, compositionRevisionRef: { name: 'blogs-1' } };
  assert.equal((await findSelectorStep(hub, website(chosen))).value?.step, 'clusterselector');
  const unknown = { compositionRef: { name: 'blogs' }, compositionRevisionRef: { name: 'blogs-0' } };
  assert.equal((await findSelectorStep(readerOf(selecting), website(unknown))).value?.step, 'clusterselector');
});

test('a composite without such a step is told why it has none', async () => {
  const reasons: readonly [crossplane: JsonObject, hub: HubReader, message: RegExp][] = [
    [{}, readerOf(selecting), /has not been processed yet/],
    [{ compositionRef: { name: 'blogs' } }, readerOf(), /its Composition blogs is not there/],
    [{ compositionRef: { name: 'b' } }, readerOf(sampleComposition('b', ['Report'])), /has no ClusterSelector step/],
  ];
  for (const [crossplane, hub, message] of reasons) {
    const [problem] = (await findSelectorStep(hub, website(crossplane))).problems ?? [];
    assert.equal(problem?.path, 'Website team/blog');
    assert.match(problem?.message ?? '', message);
  }
});

test('the kinds that are placed are those whose Compositions choose clusters; without any it is no hub of Crossply', async () => {
  assert.deepEqual(await placedKinds(readerOf(selecting, { ...selecting, metadata: { name: 'other' } })), [
    { apiVersion: 'example.com/v1', kind: 'Website' },
  ]);
  await assert.rejects(placedKinds(readerOf(sampleComposition('b', ['Report']))), /install Crossply there/);
});

test('the function is given what it asks for until it knows all', async () => {
  const eu = sampleClusterSet({ 'eu-1': {} });
  const composite = sampleWebsite('blog', { clusterSets: [{ namespace: 'platform', name: 'eu' }] });
  const { value } = await decide(readerOf(eu), sampleStep, { composite, resources: new Map() }, 0);
  assert.equal(value?.placement.summary.message, '1 of 1 clusters');
  assert.deepEqual(
    value?.candidates.map(({ facts }) => facts.name),
    ['eu-1'],
  );
});

test('what the function would refuse is told as it tells it', async () => {
  const wrong = { ...sampleStep, input: { ...sampleStep.input, spec: { inventori: {} } } };
  const { problems } = await decide(readerOf(), wrong, { composite: website({}), resources: new Map() }, 0);
  assert.match(problems?.map(({ path }) => path).join() ?? '', /input\.spec\.inventori/);
});
