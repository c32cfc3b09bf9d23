import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import type { KubeObject } from '../../../../functions/kube/object.ts';
import { healthyApp } from '../rollout.ts';
import { runningLab } from '../running-lab.ts';
import { app, createScenario, type Scenario } from '../scenario.ts';

/** For how long nothing may be written; a longer look is one environment variable away. */
const seconds = Number(process.env['SETTLED_SECONDS'] ?? 45);

/** How many looks may find something written before all is quiet. */
const lastWords = 10;

const kinds = [
  ['crossply.dev/v1alpha1', 'App'],
  ['crossply.dev/v1alpha1', 'AssignmentSlice'],
  ['apps/v1', 'ControllerRevision'],
  ['kubernetes.m.crossplane.io/v1alpha1', 'Object'],
] as const;

test(`nothing is written for ${seconds} s once an App is settled`, async () => {
  const clusters = ['settled-1', 'settled-2'].map((name) => ({ name, member: 'member-1', isVirtual: true }) as const);
  const scenario = await createScenario(runningLab(), 'settled', { clusters });
  const components = ['web', 'api'].map((name) => ({ name, image: `example.com/${name}:1`, replicas: 1 }));
  await scenario.lab.hub.apply(app(scenario, 'shop', { components }));
  await healthyApp(scenario, 'shop', 2);
  let writes = 0;
  for (let before = await versions(scenario), quietSince = Date.now(); Date.now() - quietSince < seconds * 1000; ) {
    await delay(5000);
    const now = await versions(scenario);
    if (isDeepStrictEqual(now, before)) continue;
    writes += 1;
    // Core and the provider write their last conditions a moment after the App is Healthy, and core reports its breaker.
    const changed = Object.keys({ ...before, ...now }).filter((name) => before[name] !== now[name]);
    assert.ok(writes <= lastWords, `still written to: ${changed.join(', ')}`);
    [before, quietSince] = [now, Date.now()];
  }
});

async function versions({ lab, tenant, platform }: Scenario): Promise<{ readonly [object: string]: string }> {
  const lists = await Promise.all(kinds.map(([apiVersion, kind]) => lab.hub.list(apiVersion, kind)));
  const ours = lists.flat().filter(({ metadata }) => [tenant, platform].includes(metadata.namespace ?? ''));
  return Object.fromEntries(ours.map((object) => [`${object.kind} ${object.metadata.name}`, versionOf(object)]));
}

function versionOf({ metadata }: KubeObject): string {
  return String(metadata['resourceVersion']);
}
