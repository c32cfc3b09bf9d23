import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { readDocuments } from '../../cli/input/documents.ts';
import { objectsOfHub } from '../../cli/plan/describe-hub.ts';
import { settleTree } from '../../cli/plan/settle-tree.ts';
import { renderWithFunctions } from '../../cli/render/command.ts';
import { formatRendered } from '../../cli/render/format-rendered.ts';
import type { KubeObject } from '../../functions/kube/object.ts';
import { matchGolden } from './golden.ts';
import { root, startRendererExample } from './start-renderer.ts';

const everything = { results: true, fullComposite: true, context: true };

/** Renders resources of one example as new, with all that its hub holds in the end as required resources. */
async function compareRendered(
  folder: string,
  cases: { readonly [golden: string]: { readonly kind: string; readonly composition: string } },
) {
  const { hub } = await settleTree(folder, { maxVirtualSeconds: 7200, onProgress: () => {} });
  const required = objectsOfHub(hub);
  const given = objectsAt(folder);
  for (const [golden, { kind, composition: path }] of Object.entries(cases)) {
    const composite = only(given, kind);
    const input = { composite, composition: only(objectsAt(path), 'Composition'), observed: [], required, context: {} };
    const rendered = await renderWithFunctions(given, { ...input, now: Date.UTC(2026, 0, 1) });
    matchGolden(`render/${golden}.yaml`, formatRendered(rendered, composite, everything));
  }
}

test('render prints what crossplane composition render prints for the database', () =>
  compareRendered(join(root, 'examples', 'stateful'), {
    platform: { kind: 'Platform', composition: join(root, 'compositions', 'platform.yaml') },
    tier: { kind: 'Tier', composition: join(root, 'compositions', 'tier.yaml') },
    'cluster-set': { kind: 'ClusterSet', composition: join(root, 'compositions', 'cluster-set.yaml') },
    'compute-namespace': {
      kind: 'ComputeNamespace',
      composition: join(root, 'compositions', 'compute-namespace.yaml'),
    },
    app: { kind: 'App', composition: join(root, 'compositions', 'app.yaml') },
  }));

test('render prints what crossplane composition render prints for a kind with a renderer of its own', async () => {
  const example = await startRendererExample();
  try {
    const composition = join(example.folder, 'composition.yaml');
    await compareRendered(example.folder, { website: { kind: 'Website', composition } });
  } finally {
    await example.stop();
  }
});

function objectsAt(path: string): readonly KubeObject[] {
  return readDocuments(path).documents.map(({ object }) => object);
}

function only(objects: readonly KubeObject[], kind: string): KubeObject {
  const [found, ...others] = objects.filter((object) => object.kind === kind);
  assert.ok(found !== undefined && others.length === 0, `one ${kind} was expected`);
  return found;
}
