import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { keyOf, refTo } from '../../cli/offline-hub/object-ref.ts';
import { conditionsOf, type KubeObject } from '../../functions/kube/object.ts';
import { RunFunctionRequest } from '../../functions/runtime/proto.ts';
import { type ExampleWorld, settleExample } from './example-world.ts';

type Loss = (request: RunFunctionRequest, name: string) => RunFunctionRequest;

/** Ways in which a required resource can be missing: core does not supply it, does not find it, or finds it as nobody has processed it. */
const losses: { readonly [name: string]: Loss } = {
  'not supplied': ({ requiredResources, ...request }, name) => {
    const { [name]: _, ...rest } = requiredResources;
    return { ...request, requiredResources: rest };
  },
  'not found': ({ requiredResources, ...request }, name) => ({
    ...request,
    requiredResources: { ...requiredResources, [name]: { items: [] } },
  }),
  'without its status': ({ requiredResources, ...request }, name) => {
    const items = (requiredResources[name]?.items ?? []).map(({ resource, ...item }) => {
      const { status: _, ...bare } = resource ?? {};
      return { ...item, resource: bare };
    });
    return { ...request, requiredResources: { ...requiredResources, [name]: { items } } };
  },
};

/**
 * Where nothing need be said: who belongs to a Platform is only counted; profiles, Platforms, Revisions and Apps need no status, and there may be no Apps; and
 * of the ClusterSets, which it requires as well, ClusterSelector speaks. There may be no Approvals and no AndonCords, and
 * neither's status is read.
 */
const unspoken =
  /^Report |^(ClusterSet|Tier|Delivery) .* without its status$|^ComputeNamespace .* (cluster-sets |apps (not found|without))|^FanOut .*(not found|without its status)$/;

let world: ExampleWorld;
before(async () => {
  world = await settleExample('stateful');
});

for (const [loss, lose] of Object.entries(losses)) {
  test(`a required resource that is ${loss} changes nothing in a member, and the composite says so`, async () => {
    const running = members(world);
    for (const { step, composite, name } of requiredByFunction(world)) {
      const title = `${step} of ${composite}: ${name} ${loss}`;
      let times = 0;
      world.interfere((request) => {
        const isMeant = request.input?.['kind'] === step && compositeOf(request) === composite;
        if (!isMeant || request.requiredResources[name] === undefined) return request;
        times++;
        return lose(request, name);
      });
      const object = find(world, composite);
      await reconcile(world, object);
      assert.ok(times > 0, `${title}: was asked for`);
      assert.deepEqual(members(world), running, title);
      if (!unspoken.test(title)) assert.notDeepEqual(told(find(world, composite)), told(object), `${title}: is told`);
      world.interfere((request) => request);
      await reconcile(world, object);
      assert.deepEqual(members(world), running, `${title}: and when it is back`);
      assert.deepEqual(told(find(world, composite)), told(object), `${title}: all is well again`);
    }
  });
}

/** What a composite's conditions and the reports of its clusters say. */
function told(object: KubeObject) {
  const { assignments } = (object.status ?? {}) as { readonly assignments?: readonly { readonly phase?: string }[] };
  return {
    conditions: conditionsOf(object).map(({ type, status, message }) => [type, status, message ?? '']),
    phases: assignments?.map(({ phase }) => phase),
  };
}

/** Every required resource that is asked for at rest: of which step, of which composite, under which name. */
function requiredByFunction({ calls }: ExampleWorld) {
  return [...calls.values()].flatMap(({ function: step, composite, request }) =>
    Object.keys(RunFunctionRequest.decode(request).requiredResources).map((name) => ({ step, composite, name })),
  );
}

function compositeOf({ observed }: RunFunctionRequest): string {
  const composite = observed?.composite?.resource;
  return `${composite?.['kind']}/${composite?.['metadata']?.['name']}`;
}

function find({ hub }: ExampleWorld, composite: string): KubeObject {
  const [kind = '', name] = composite.split('/');
  const found = hub.list({ apiVersion: 'crossply.dev/v1alpha1', kind }).find(({ metadata }) => metadata.name === name);
  if (found === undefined) throw new Error(`there is no ${composite}`);
  return found;
}

/** Reconciles a composite, then all that follows from it. */
async function reconcile({ hub }: ExampleWorld, composite: KubeObject): Promise<void> {
  await hub.reconcile(refTo(composite));
  await hub.runFor(120);
}

/** What runs in the members: every object with the version of its last change. */
function members({ hub }: ExampleWorld) {
  return [...hub.members].map(([name, { store }]) => [
    name,
    [...store.index.all()].map((object) => `${keyOf(refTo(object))} ${object.metadata['resourceVersion']}`).sort(),
  ]);
}
