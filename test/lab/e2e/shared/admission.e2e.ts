import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { admissionCases, admissionNamespace, createObjects, refusalOf } from '../../../package/admission-cases.ts';
import { keyOf } from '../../api.ts';
import { kubeconfigPath } from '../../control-plane.ts';
import { namespace } from '../../crossplane.ts';
import { buildProgram } from '../../programs.ts';
import { waitUntil } from '../../wait-until.ts';
import { runningLab } from '../running-lab.ts';

const { hub, layout } = runningLab();
const kubectl = await buildProgram('kubectl');
const kubeconfig = kubeconfigPath(layout, 'hub');

/** Another reason to refuse, as that an object is not there, would hide a policy that lets everybody pass. */
const denial = /ValidatingAdmissionPolicy '[-a-z]+\.crossply\.dev' .*denied request/;

/** A policy refuses everything until its API server has found the kind of its parameters, which it looks for twice a minute. */
before(async () => {
  await hub.apply(namespace(admissionNamespace));
  const create = async () => {
    await createObjects(kubectl, kubeconfig);
    return true;
  };
  await waitUntil('the policies to let core write', create, { seconds: 120, everyMs: 2000 });
});

/** The administrator may not delete the objects either; the namespace controller may. */
after(async () => {
  const key = keyOf(namespace(admissionNamespace));
  await hub.delete(key);
  await waitUntil('the namespace of the cases to be gone', async () => ((await hub.find(key)) ? undefined : true));
});

for (const each of admissionCases) {
  test(each.title, async () => {
    const refusal = await refusalOf(kubectl, kubeconfig, each);
    if (each.allowed) return assert.equal(refusal, undefined);
    assert.match(refusal ?? 'it was let through', denial);
    assert.ok(refusal?.includes(each.refusal ?? ''), refusal);
  });
}
