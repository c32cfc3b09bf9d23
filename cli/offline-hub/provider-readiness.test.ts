import assert from 'node:assert/strict';
import test from 'node:test';
import type { KubeObject } from '../../functions/kube/object.ts';
import { readObjectSpec } from './provider-object.ts';
import { readinessOf } from './provider-readiness.ts';

const cases: readonly { policy: string; conditions: { [type: string]: string }; ready: string | undefined }[] = [
  { policy: 'SuccessfulCreate', conditions: { Ready: 'False' }, ready: undefined },
  { policy: 'DeriveFromObject', conditions: { Ready: 'True', Other: 'False' }, ready: 'True' },
  { policy: 'DeriveFromObject', conditions: { Available: 'True' }, ready: 'False' },
  { policy: 'AllTrue', conditions: { Ready: 'True', Available: 'True' }, ready: 'True' },
  { policy: 'AllTrue', conditions: { Ready: 'True', ReplicaFailure: 'False' }, ready: 'False' },
  { policy: 'AllTrue', conditions: {}, ready: 'False' },
];

for (const { policy, conditions, ready } of cases) {
  test(`${policy} calls ${JSON.stringify(conditions)} ${ready ?? 'nothing'}`, () => {
    const object: KubeObject = {
      apiVersion: 'x',
      kind: 'Object',
      metadata: { name: 'o' },
      spec: { readiness: { policy } },
    };
    const list = Object.entries(conditions).map(([type, status]) => ({
      type,
      status,
      reason: 'x',
      lastTransitionTime: 'x',
    }));
    const remote: KubeObject = { apiVersion: 'x', kind: 'X', metadata: {}, status: { conditions: list } };
    assert.equal(readinessOf(readObjectSpec(object), remote)[0]?.status, ready);
  });
}
