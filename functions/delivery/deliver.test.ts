import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Assignment, AssignmentStatus } from '../generated/types.ts';
import type { KubeObject } from '../kube/object.ts';
import { compileRevision } from '../revision/compile-revision.ts';
import { type DeliveryFacts, deliver } from './deliver.ts';
import { observedObjects } from './observed-objects.ts';

const now = Date.UTC(2026, 0, 1, 0, 10);
const slice = {
  owner: { apiVersion: 'crossply.dev/v1alpha1', kind: 'App', name: 'shop' },
  namespace: 'team',
  name: 'app-shop-eu-0',
};

const revision = compileRevision({
  templates: {
    config: {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'config', namespace: 'team-shop' },
      data: { on: '${cluster.name}' },
    },
    extra: { apiVersion: 'v1', kind: 'Service', metadata: { name: 'web', namespace: 'team-shop' }, spec: {} },
  },
  overrides: [],
});

function entry(cluster: string, more: Partial<Assignment> = {}): Assignment {
  const values = [{ expression: 'cluster.name', value: cluster }];
  return {
    cluster,
    providerConfig: { kind: 'ClusterProviderConfig', name: cluster },
    revision: 'shop-1',
    format: 1,
    values,
    state: 'Assigned',
    ...more,
  };
}

function facts(assignments: readonly Assignment[], more: Partial<DeliveryFacts> = {}): DeliveryFacts {
  return {
    slice,
    assignments,
    revisions: new Map([['shop-1', revision]]),
    observed: new Map(),
    remaining: new Map(),
    unhealthy: [],
    reported: [],
    now,
    ...more,
  };
}

/** What core would observe after it applied a delivery and the provider reported it well. */
function observe(
  delivery: ReturnType<typeof deliver>,
  change: (key: string, object: KubeObject) => [string, KubeObject] = (key, object) => [key, object],
) {
  const condition = (type: string) => ({
    type,
    status: 'True',
    reason: 'R',
    observedGeneration: 1,
    lastTransitionTime: '2026-01-01T00:00:00Z',
  });
  const objects = [...delivery.resources].map(([key, { resource }]): [string, KubeObject] => {
    const manifest = (resource.spec as { forProvider: { manifest: KubeObject } }).forProvider.manifest;
    const labels = { ...resource.metadata.labels, 'crossplane.io/composite': slice.name };
    const status = { conditions: [condition('Synced'), condition('Ready')], atProvider: { manifest } };
    return change(key, { ...resource, metadata: { ...resource.metadata, labels, generation: 1 }, status });
  });
  return observedObjects(new Map(objects));
}

const phases = ({ report }: { readonly report: readonly AssignmentStatus[] }) =>
  report.map(({ cluster, phase }) => `${cluster} ${phase}`);

test('every manifest becomes an Object with its cluster’s values, named and labelled for good', () => {
  const { resources, report } = deliver(facts([entry('eu-1')]));
  assert.deepEqual([...resources.keys()], ['eu-1//ConfigMap/team-shop/config', 'eu-1//Service/team-shop/web']);
  const object = resources.get('eu-1//ConfigMap/team-shop/config')?.resource;
  assert.match(object?.metadata.name ?? '', /^eu-1-configmap-config-[0-9a-f]{8,10}/);
  assert.deepEqual(object?.metadata.labels, {
    'crossply.dev/cluster': 'eu-1',
    'crossply.dev/slice': 'app-shop-eu-0',
    'crossply.dev/xr': 'shop',
    'crossply.dev/xr-kind': 'App',
  });
  assert.match(JSON.stringify(object?.spec), /"data":\{"on":"eu-1"\}/);
  assert.deepEqual([report[0]?.phase, report[0]?.objects], ['Applying', { desired: 2, ready: 0 }]);
});

test('a cluster whose Objects are all fresh and ready is healthy, since when it was first seen so', () => {
  const first = deliver(facts([entry('eu-1')]));
  const second = deliver(facts([entry('eu-1')], { observed: observe(first) }));
  assert.deepEqual(phases(second), ['eu-1 Healthy']);
  const third = deliver(
    facts([entry('eu-1')], { observed: observe(first), reported: second.report, now: now + 60_000 }),
  );
  assert.deepEqual(third.report, second.report);
});

describe('since when a cluster is on its way', () => {
  const { report } = deliver(facts([entry('a')]));
  const later = { now: now + 60_000, reported: report };

  test('is kept through every phase that is not healthy, and begins anew with another entry', () => {
    assert.equal(report[0]?.movingSince, '2026-01-01T00:10:00Z');
    const unknown = deliver(facts([entry('a')], { ...later, revisions: new Map() })).report[0];
    assert.deepEqual([unknown?.phase, unknown?.since], ['Waiting', '2026-01-01T00:11:00Z']);
    assert.equal(unknown?.movingSince, '2026-01-01T00:10:00Z');
    assert.equal(deliver(facts([entry('a', { sequence: 2 })], later)).report[0]?.movingSince, '2026-01-01T00:11:00Z');
  });

  test('is not told of one that is healthy, and begins when it stops to be', () => {
    const healthy = deliver(facts([entry('a')], { ...later, observed: observe(deliver(facts([entry('a')]))) })).report;
    assert.deepEqual([healthy[0]?.phase, healthy[0]?.movingSince], ['Healthy', undefined]);
    const unwell = deliver(facts([entry('a')], { now: now + 120_000, reported: healthy })).report[0];
    assert.equal(unwell?.movingSince, '2026-01-01T00:12:00Z');
  });
});

test('an Object that exists keeps its key and name whatever their format was', () => {
  const older = observe(deliver(facts([entry('eu-1')])), (key, object) => [
    `old/${key}`,
    { ...object, metadata: { ...object.metadata, name: `old-${object.metadata.name}` } },
  ]);
  const { resources } = deliver(facts([entry('eu-1')], { observed: older }));
  assert.deepEqual([...resources.keys()], ['old/eu-1//ConfigMap/team-shop/config', 'old/eu-1//Service/team-shop/web']);
  assert.match(resources.get('old/eu-1//Service/team-shop/web')?.resource.metadata.name ?? '', /^old-/);
});

describe('what is unclear keeps what runs', () => {
  const observed = observe(deliver(facts([entry('eu-1')])));

  test('a Revision that was not given', () => {
    const kept = deliver(facts([entry('eu-1')], { observed, revisions: new Map() }));
    assert.deepEqual(phases(kept), ['eu-1 Waiting']);
    assert.deepEqual([...kept.resources.keys()], [...deliver(facts([entry('eu-1')])).resources.keys()]);
    const labels = [...kept.resources.values()].map(({ resource }) => Object.keys(resource.metadata.labels ?? {}));
    assert.ok(
      labels.flat().every((label) => label.startsWith('crossply.dev/')),
      'labels of others are left to them',
    );
  });

  test('values that are missing', () => {
    const kept = deliver(facts([entry('eu-1', { values: [] })], { observed }));
    assert.deepEqual(phases(kept), ['eu-1 Failed']);
    assert.equal(kept.resources.size, 2);
    assert.match(kept.report[0]?.messages?.[0] ?? '', /cluster\.name/);
  });

  test('a format of a newer version', () => {
    const kept = deliver(facts([entry('eu-1', { format: 99 })], { observed }));
    assert.equal(kept.resources.size, 2);
    assert.match(kept.report[0]?.messages?.[0] ?? '', /got 99/);
  });

  test('a cluster whose entry got lost', () => {
    const kept = deliver(facts([], { observed }));
    assert.deepEqual(phases(kept), ['eu-1 Stray']);
    assert.equal(kept.resources.size, 2);
  });
});

describe('an entry that is older than what was delivered', () => {
  const newer = deliver(facts([entry('eu-1', { sequence: 2 })]));
  const observed = observe(newer);
  const older = entry('eu-1', { sequence: 1, values: [{ expression: 'cluster.name', value: 'before' }] });

  test('is not followed: what runs is kept, and the higher sequence is remembered', () => {
    const kept = deliver(facts([older], { observed, reported: newer.report }));
    assert.deepEqual([kept.report[0]?.phase, kept.report[0]?.sequence], ['Waiting', 2]);
    assert.match(JSON.stringify([...kept.resources.values()]), /"on":"eu-1"/);
  });

  test('does not bring back what has begun to leave', () => {
    const leaving = deliver(facts([entry('eu-1', { state: 'Leaving', sequence: 2 })], { observed }));
    const kept = deliver(facts([older], { reported: leaving.report }));
    assert.deepEqual([kept.report[0]?.phase, kept.resources.size], ['Leaving', 0]);
  });

  test('nor with the sequence of the entry that leaves, for who joins again gets a higher one', () => {
    const leaving = deliver(facts([entry('eu-1', { state: 'Leaving', sequence: 2 })], { observed }));
    const kept = deliver(facts([entry('eu-1', { sequence: 2 })], { reported: leaving.report }));
    assert.deepEqual([kept.report[0]?.phase, kept.resources.size], ['Leaving', 0]);
  });

  test('is followed again once it was set anew', () => {
    const anew = deliver(facts([{ ...older, sequence: 3 }], { observed, reported: newer.report }));
    assert.deepEqual([anew.report[0]?.phase, anew.report[0]?.sequence], ['Applying', 3]);
  });
});

describe('leaving', () => {
  const observed = observe(deliver(facts([entry('eu-1'), entry('eu-2')])));
  const leaving = [entry('eu-1', { state: 'Leaving' }), entry('eu-2')];

  test('takes the cluster’s Objects away and no others', () => {
    const { resources, report } = deliver(facts(leaving, { observed }));
    assert.deepEqual([...resources.keys()], ['eu-2//ConfigMap/team-shop/config', 'eu-2//Service/team-shop/web']);
    assert.deepEqual([report[0]?.phase, report[0]?.objects.remaining], ['Leaving', 2]);
  });

  test('lasts while an Object is still there, terminating ones included', () => {
    const { report } = deliver(facts([leaving[0] ?? entry('eu-1')], { remaining: new Map([['eu-1', 1]]) }));
    assert.deepEqual([report[0]?.phase, report[0]?.messages], ['Leaving', ['leaving: 1 objects are not gone yet']]);
  });

  test('is not over before somebody looked', () => {
    assert.equal(deliver(facts([entry('eu-1', { state: 'Leaving' })])).report[0]?.phase, 'Leaving');
    assert.equal(
      deliver(facts([entry('eu-1', { state: 'Leaving' })], { remaining: new Map([['eu-1', 0]]) })).report[0]?.phase,
      'Left',
    );
  });
});

test('one cluster’s trouble is that cluster’s alone, with at most three messages of bounded length', () => {
  const down = observe(deliver(facts([entry('eu-1'), entry('eu-2')])), (key, object) => {
    if (!key.startsWith('eu-1')) return [key, object];
    const condition = {
      type: 'Synced',
      status: 'False',
      reason: 'ReconcileError',
      message: `dial tcp: ${'x'.repeat(500)}`,
      lastTransitionTime: '2026-01-01T00:00:00Z',
    };
    return [key, { ...object, status: { conditions: [condition] } }];
  });
  const { report } = deliver(facts([entry('eu-1'), entry('eu-2')], { observed: down }));
  assert.deepEqual(
    report.map(({ phase }) => phase),
    ['Unreachable', 'Healthy'],
  );
  assert.ok((report[0]?.messages ?? []).every((message) => message.length <= 300));
});

test('a cluster that the inventory calls unhealthy cannot be reached since then, and its Objects stay as they are', () => {
  const assigned = [entry('eu-1'), entry('eu-2')];
  const well = deliver(facts(assigned, { observed: observe(deliver(facts(assigned))) }));
  const unhealthy = [{ cluster: 'eu-2', since: '2026-01-01T00:09:30Z' }];
  const told = deliver(
    facts(assigned, { observed: observe(deliver(facts(assigned))), reported: well.report, unhealthy }),
  );
  assert.deepEqual(phases(well), ['eu-1 Healthy', 'eu-2 Healthy']);
  assert.deepEqual(phases(told), ['eu-1 Healthy', 'eu-2 Unreachable']);
  assert.deepEqual(told.report[1]?.messages, ['the inventory says it is unhealthy since 2026-01-01T00:09:30Z']);
  assert.deepEqual(told.resources, well.resources);
  const again = deliver(
    facts(assigned, { observed: observe(well), reported: told.report, unhealthy, now: now + 60_000 }),
  );
  assert.deepEqual(again.report, told.report, 'the same facts give the same report a minute later');
  const back = deliver(facts(assigned, { observed: observe(well), reported: told.report, now: now + 60_000 }));
  assert.deepEqual(phases(back), ['eu-1 Healthy', 'eu-2 Healthy']);
});

describe('a cluster that was renamed', () => {
  const first = deliver(facts([entry('eu-1')]));
  const healthy = deliver(facts([entry('eu-1')], { observed: observe(first) }));
  const renamed: Assignment = { ...entry('eu-1'), cluster: 'eu-new', key: 'eu-1' };

  test('keeps the keys and names of its Objects, and has been healthy for as long as it was', () => {
    const { resources, report } = deliver(
      facts([renamed], { observed: observe(first), reported: healthy.report, now: now + 60_000 }),
    );
    const names = (delivered: typeof resources) =>
      [...delivered].map(([key, { resource }]) => [key, resource.metadata.name]);
    assert.deepEqual(names(resources), names(first.resources));
    assert.deepEqual(
      [...resources.values()].map(({ resource }) => resource.spec),
      [...first.resources.values()].map(({ resource }) => resource.spec),
    );
    const labels = resources.get('eu-1//Service/team-shop/web')?.resource.metadata.labels;
    assert.equal(labels?.['crossply.dev/cluster'], 'eu-new');
    assert.equal(labels?.['crossply.dev/cluster-key'], 'eu-1');
    assert.deepEqual(report, [{ ...healthy.report[0], cluster: 'eu-new', key: 'eu-1' }]);
  });

  test('is none of the cluster that has its name now', () => {
    const other = entry('eu-1', { key: 'eu-1-2' });
    const observed = observe(deliver(facts([renamed, other], { observed: observe(first) })));
    assert.deepEqual([...observed.keys()].sort(), ['eu-1', 'eu-1-2']);
    assert.deepEqual(phases(deliver(facts([renamed, other], { observed }))), ['eu-1 Healthy', 'eu-new Healthy']);
  });

  test('is told by how it is reached when its entry gets lost', () => {
    const observed = observe(deliver(facts([renamed], { observed: observe(first) })));
    const [report] = deliver(
      facts([], { observed, reported: healthy.report.map((each) => ({ ...each, cluster: 'eu-new', key: 'eu-1' })) }),
    ).report;
    assert.deepEqual(
      [report?.cluster, report?.key, report?.providerConfig?.name, report?.phase],
      ['eu-new', 'eu-1', 'eu-1', 'Stray'],
    );
  });
});
