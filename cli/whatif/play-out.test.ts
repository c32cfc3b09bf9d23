import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Member } from '../../functions/generated/types.ts';
import type { JsonObject } from '../../functions/kube/json.ts';
import { readerOf, sampleClusterSet, sampleStep, sampleWebsite } from '../hub-reader/sample-hub.ts';
import { ImaginedHub } from './imagined-hub.ts';
import { type PlacedComposite, playOut } from './play-out.ts';
import type { Assigned } from './whereabouts.ts';

const now = Date.UTC(2026, 0, 1);
const drained: Partial<Member> = {
  taints: [{ key: 'crossply.dev/drain', effect: 'NoExecute', since: '2025-01-01T00:00:00Z' }],
};

function placed(name: string, placement: JsonObject, clusters: readonly string[]): PlacedComposite {
  const assigned = clusters.map(
    (cluster): Assigned => ({
      ...{ cluster, clusterSet: { namespace: 'platform', name: 'eu' }, replicas: {} },
      providerConfig: { kind: 'ClusterProviderConfig', name: cluster },
    }),
  );
  const composite = sampleWebsite(name, { clusterSets: [{ namespace: 'platform', name: 'eu' }], placement });
  return { composite, step: sampleStep, start: { assigned } };
}

function hubOf(members: Parameters<typeof sampleClusterSet>[0], ...composites: readonly PlacedComposite[]) {
  return new ImaginedHub(readerOf(sampleClusterSet(members), ...composites.map(({ composite }) => composite)), []);
}

test('a composite ends where nothing changes any more, and says why it went', async () => {
  const blog = placed('blog', { numberOfClusters: 1 }, ['a']);
  const { composites, isSettled } = await playOut(hubOf({ a: drained, b: {} }, blog), [blog], now);
  const [played] = composites;
  assert.equal(isSettled, true);
  assert.deepEqual(
    played?.end.assigned.map(({ cluster }) => cluster),
    ['b'],
  );
  assert.equal(played?.summary.reason, 'Placed');
  assert.equal(played?.reasons.get('a'), 'taint crossply.dev/drain:NoExecute');
  assert.ok(played?.reasons.has('b'));
});

test('what has not come to its end within the rounds is said not to be settled', async () => {
  const blog = placed('blog', { numberOfClusters: 1 }, ['a']);
  const { isSettled } = await playOut(hubOf({ a: drained, b: {} }, blog), [blog], now, 1);
  assert.equal(isSettled, false);
});

test('a wish to start over is carried out once, and remembered', async () => {
  const rescheduleAt = '2025-12-31T00:00:00Z';
  const placement = {
    numberOfClusters: 1,
    rescheduleAt,
    affinity: { preferred: [{ weight: 1, term: { clusterSelector: { matchLabels: { fast: 'yes' } } } }] },
  };
  const blog = placed('blog', placement, ['a']);
  const { composites, isSettled } = await playOut(hubOf({ a: {}, b: { labels: { fast: 'yes' } } }, blog), [blog], now);
  assert.equal(isSettled, true);
  assert.deepEqual(
    composites[0]?.end.assigned.map(({ cluster }) => cluster),
    ['b'],
  );
  assert.equal(composites[0]?.end.rescheduledAt, rescheduleAt);
});

test('nothing is taken away when nothing fits, and one that its function would refuse stays as it is', async () => {
  const blog = placed('blog', { numberOfClusters: 1 }, ['a']);
  const wrong: PlacedComposite = {
    ...placed('wrong', {}, ['a']),
    step: { ...sampleStep, input: { ...sampleStep.input, spec: {} } },
  };
  const { composites } = await playOut(hubOf({ a: drained }, blog, wrong), [blog, wrong], now);
  assert.deepEqual(
    composites.map(({ end, summary }) => [end.assigned.map(({ cluster }) => cluster), summary.reason]),
    [
      [['a'], 'Infeasible'],
      [['a'], 'Invalid'],
    ],
  );
});
