import assert from 'node:assert/strict';
import test, { type TestContext } from 'node:test';
import type { KubeObject } from '../../functions/kube/object.ts';
import { asObject } from './lenient-json.ts';
import { startScriptedHub, thing, thingRef } from './scripted-hub.ts';

async function start(t: TestContext) {
  const scripted = await startScriptedHub(() => ({}));
  t.after(scripted.stop);
  return scripted.hub;
}

test('a composite gets the defaults of its definition', async (t) => {
  const hub = await start(t);
  hub.apply(thing('one'));
  assert.equal(asObject(hub.get(thingRef('one'))?.spec)['colour'], 'grey');
});

test('a composite that breaks its schema is refused with every problem', async (t) => {
  const hub = await start(t);
  const { problems } = hub.apply(thing('one', { size: 'big', shade: 'dark' }));
  assert.deepEqual(problems?.map(({ path }) => path).sort(), ['spec.shade', 'spec.size']);
  assert.equal(hub.get(thingRef('one')), undefined);
});

test('a CEL rule refuses with its message', async (t) => {
  const hub = await start(t);
  assert.deepEqual(hub.apply(thing('one', { size: 0 })).problems, [{ path: 'spec', message: 'must have a size' }]);
});

test('a transition rule compares with what was, and says nothing on creation', async (t) => {
  const hub = await start(t);
  assert.equal(hub.apply(thing('one', { fixed: 'a' })).problems, undefined);
  assert.deepEqual(hub.apply(thing('one', { fixed: 'b' })).problems, [{ path: 'spec.fixed', message: 'is immutable' }]);
  assert.equal(hub.apply(thing('one', { fixed: 'a', size: 2 })).problems, undefined);
});

test('a rule that calls a function of Kubernetes is skipped, visibly', async (t) => {
  const hub = await start(t);
  assert.equal(hub.apply(thing('one', { link: 'nowhere' })).problems, undefined);
  assert.deepEqual(hub.skippedRules(), [
    { rule: '!has(self.link) || isURL(self.link)', reason: 'unbound function: isURL' },
  ]);
});

test('the data of a ControllerRevision cannot be changed', async (t) => {
  const hub = await start(t);
  const revision = (data: { [key: string]: number }): KubeObject => ({
    apiVersion: 'apps/v1',
    kind: 'ControllerRevision',
    metadata: { name: 'web-1', namespace: 'team' },
    revision: 1,
    data,
  });
  assert.equal(hub.apply(revision({ a: 1 })).problems, undefined);
  assert.deepEqual(hub.apply(revision({ a: 2 })).problems, [{ path: 'data', message: 'field is immutable' }]);
});

test('an Object gets the defaults of provider-kubernetes', async (t) => {
  const hub = await start(t);
  const spec = { forProvider: { manifest: { apiVersion: 'v1', kind: 'ConfigMap' } } };
  const { value } = hub.apply({
    apiVersion: 'kubernetes.m.crossplane.io/v1alpha1',
    kind: 'Object',
    metadata: { name: 'x', namespace: 'team' },
    spec,
  });
  const { managementPolicies, readiness, providerConfigRef } = asObject(value?.spec);
  assert.deepEqual(
    [managementPolicies, readiness, providerConfigRef],
    [['*'], { policy: 'SuccessfulCreate' }, { kind: 'ClusterProviderConfig', name: 'default' }],
  );
});
