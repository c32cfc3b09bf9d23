import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { JsonObject } from './json.ts';
import { LIST_MERGE_RULES, mergeManifest } from './kube-merge.ts';

function mergePod(base: JsonObject, patch: JsonObject): JsonObject {
  const merged = mergeManifest({ kind: 'Pod', spec: base }, { spec: patch });
  return merged['spec'] as JsonObject;
}

test('objects are merged member by member, null removes, other values replace', () => {
  const base = { kind: 'ConfigMap', metadata: { labels: { a: '1', b: '2' } }, data: { x: 'y' } };
  const patch = { metadata: { labels: { b: null, c: '3' } }, data: { x: 'z', none: null }, immutable: true };
  assert.deepEqual(mergeManifest(base, patch), {
    kind: 'ConfigMap',
    metadata: { labels: { a: '1', c: '3' } },
    data: { x: 'z' },
    immutable: true,
  });
  assert.deepEqual(mergeManifest({ a: [1] }, { a: { b: 1, c: null } }), { a: { b: 1 } });
});

test('containers are merged by name and new ones appended', () => {
  const base = {
    containers: [
      { name: 'app', image: 'a:1', args: ['x'] },
      { name: 'proxy', image: 'p:1' },
    ],
  };
  const patch = {
    containers: [
      { name: 'log', image: 'l:1', tty: null },
      { name: 'app', image: 'a:2', args: ['y'] },
    ],
  };
  assert.deepEqual(mergePod(base, patch), {
    containers: [
      { name: 'app', image: 'a:2', args: ['y'] },
      { name: 'proxy', image: 'p:1' },
      { name: 'log', image: 'l:1' },
    ],
  });
});

test('an item with $patch: delete removes its match, and is not kept without one', () => {
  const base = {
    volumes: [
      { name: 'a', emptyDir: {} },
      { name: 'b', emptyDir: {} },
    ],
  };
  const patch = {
    volumes: [
      { name: 'a', $patch: 'delete' },
      { name: 'c', $patch: 'delete' },
    ],
  };
  assert.deepEqual(mergePod(base, patch), { volumes: [{ name: 'b', emptyDir: {} }] });
});

test('a variable or volume has one source: naming another drops the one before', () => {
  const base = {
    containers: [
      {
        name: 'app',
        env: [
          { name: 'A', valueFrom: { fieldRef: { fieldPath: 'x' } } },
          { name: 'B', value: 'b' },
        ],
      },
    ],
    volumes: [
      { name: 'data', configMap: { name: 'c' } },
      { name: 'tmp', emptyDir: {} },
    ],
  };
  const patch = {
    containers: [{ name: 'app', env: [{ name: 'A', value: 'a' }, { name: 'B' }] }],
    volumes: [
      { name: 'data', configMap: { optional: true } },
      { name: 'tmp', ephemeral: {} },
    ],
  };
  assert.deepEqual(mergePod(base, patch), {
    containers: [
      {
        name: 'app',
        env: [
          { name: 'A', value: 'a' },
          { name: 'B', value: 'b' },
        ],
      },
    ],
    volumes: [
      { name: 'data', configMap: { name: 'c', optional: true } },
      { name: 'tmp', ephemeral: {} },
    ],
  });
});

test('ports of a container are told apart by number and protocol, TCP unless given', () => {
  const base = {
    containers: [
      {
        name: 'app',
        ports: [
          { containerPort: 53, protocol: 'TCP' },
          { containerPort: 53, protocol: 'UDP' },
        ],
      },
    ],
  };
  const patch = { containers: [{ name: 'app', ports: [{ containerPort: 53, name: 'dns' }] }] };
  assert.deepEqual(mergePod(base, patch)['containers'], [
    {
      name: 'app',
      ports: [
        { containerPort: 53, protocol: 'TCP', name: 'dns' },
        { containerPort: 53, protocol: 'UDP' },
      ],
    },
  ]);
});

test('ports of a Service are told apart by port; ports of anything else are replaced', () => {
  const spec = {
    ports: [
      { port: 80, name: 'http' },
      { port: 443, name: 'https' },
    ],
  };
  const patch = { spec: { ports: [{ port: 443, targetPort: 8443 }] } };
  assert.deepEqual(mergeManifest({ kind: 'Service', spec }, patch)['spec'], {
    ports: [
      { port: 80, name: 'http' },
      { port: 443, name: 'https', targetPort: 8443 },
    ],
  });
  assert.deepEqual(mergeManifest({ kind: 'NetworkPolicy', spec }, patch)['spec'], patch.spec);
});

test('every keyed list of a pod is merged by its key', () => {
  for (const { list, key, within } of LIST_MERGE_RULES) {
    if (within !== undefined) continue;
    const item = (value: string, extra: JsonObject): JsonObject =>
      key.reduce(
        (object, { at }) =>
          mergeManifest(
            object,
            at.reduceRight<JsonObject | string>((inner, name) => ({ [name]: inner }), value) as JsonObject,
          ),
        extra,
      );
    const merged = mergePod({ [list]: [item('a', {}), item('b', {})] }, { [list]: [item('b', { x: 1 })] });
    assert.deepEqual(merged, { [list]: [item('a', {}), item('b', { x: 1 })] }, list);
  }
});

test('tolerations and other lists are replaced whole', () => {
  assert.deepEqual(mergePod({ tolerations: [{ key: 'a' }] }, { tolerations: [{ key: 'b' }] }), {
    tolerations: [{ key: 'b' }],
  });
});

test('a keyed list with an item that lacks its key replaces the whole list', () => {
  assert.deepEqual(mergePod({ containers: [{ name: 'app' }] }, { containers: [{ image: 'x' }] }), {
    containers: [{ image: 'x' }],
  });
  assert.deepEqual(mergePod({ volumes: 'odd' }, { volumes: [{ name: 'a' }] }), { volumes: [{ name: 'a' }] });
});

test('__proto__ and inherited names do no harm', () => {
  const merged = mergeManifest({ a: 1 }, JSON.parse('{"__proto__": {"polluted": true}, "constructor": {"x": 1}}'));
  assert.deepEqual(Object.keys(merged), ['a', 'constructor']);
  assert.deepEqual(merged['constructor'], { x: 1 });
  assert.equal(Object.getPrototypeOf(merged), Object.prototype);
});

test('the manifest given is never changed, and merging twice is merging once', () => {
  const name = fc.constantFrom('a', 'b', 'c');
  const item = fc.record(
    { name, $patch: fc.constantFrom('delete', 'x'), value: fc.nat(3) },
    { requiredKeys: ['name'] },
  );
  const spec = fc.record({
    env: fc.uniqueArray(item, { selector: (one) => one.name }),
    other: fc.array(fc.nat(3)),
    x: fc.constantFrom(1, null),
  });
  fc.assert(
    fc.property(spec, spec, (base, patch) => {
      const before = JSON.stringify(base);
      const once = mergeManifest(base, patch);
      assert.equal(JSON.stringify(base), before);
      assert.deepEqual(mergeManifest(once, patch), once);
    }),
  );
});
