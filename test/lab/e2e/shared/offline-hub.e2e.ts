import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { parseAllDocuments } from 'yaml';
import { runInProcess } from '../../../../cli/run-in-process.ts';
import type { KubeObject } from '../../../../functions/kube/object.ts';
import { compareHubs, isOurs } from '../../../fidelity/compare-hubs.ts';
import { formatDifferences } from '../../../fidelity/json-differences.ts';
import type { Api } from '../../api.ts';
import { applyExample, shopHomes } from '../../examples.ts';
import { healthyComposite } from '../rollout.ts';
import { runningLab } from '../running-lab.ts';
import { crossplyKey } from '../scenario.ts';

/** Kinds of which the hub of an example is made, beside the composites themselves. */
const composed = [
  ['apps/v1', 'ControllerRevision'],
  ['kubernetes.m.crossplane.io/v1alpha1', 'Object'],
  ['protection.crossplane.io/v1beta1', 'Usage'],
] as const;
const composites = ['Platform', 'Tier', 'ClusterSet', 'ComputeNamespace', 'App', 'AssignmentSlice', 'Approval'];

test('the hub that crossply plan ends up with is the real one', async () => {
  const lab = runningLab();
  await applyExample(lab, 'shop', shopHomes);
  await healthyComposite(lab.hub, crossplyKey('Tier', 'shop-platform', 'prod'), 5);
  await healthyComposite(lab.hub, crossplyKey('ComputeNamespace', 'shop', 'live'), 5);
  await healthyComposite(lab.hub, crossplyKey('App', 'shop', 'shop'), 5);
  const example = join(import.meta.dirname, '..', '..', '..', '..', 'examples', 'shop');
  const { code, printed, complaints } = await runInProcess('plan', example, '--output', 'hub');
  assert.deepEqual([code, complaints], [0, []]);
  const ours = parseAllDocuments(printed).map((document) => document.toJS() as KubeObject);
  const differences = compareHubs(ours, await shopObjects(lab.hub));
  assert.deepEqual(differences, [], formatDifferences(differences));
});

async function shopObjects(hub: Api): Promise<readonly KubeObject[]> {
  const kinds = [...composed, ...composites.map((kind) => ['crossply.dev/v1alpha1', kind] as const)];
  const lists = await Promise.all(kinds.map(([apiVersion, kind]) => hub.list(apiVersion, kind)));
  return lists
    .flat()
    .filter((object) => isOurs(object) && ['shop', 'shop-platform'].includes(object.metadata.namespace ?? ''));
}
