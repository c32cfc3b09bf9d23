import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { waitUntil } from '../../wait-until.ts';
import { healthyApp } from '../rollout.ts';
import { app, createScenario, type Scenario } from '../scenario.ts';
import { sharedLab } from '../shared-lab.ts';

let scenario: Scenario;

before(async () => {
  const clusters = [{ name: 'drift-1', member: 'member-1' } as const];
  scenario = await createScenario(sharedLab(), 'drift', { clusters });
  const component = {
    name: 'web',
    image: 'example.com/web:1',
    replicas: 2,
    ports: [{ name: 'http', containerPort: 8080 }],
  };
  await scenario.lab.hub.apply(app(scenario, 'shop', { components: [{ ...component, service: {} }] }));
  await healthyApp(scenario, 'shop', 1);
});

test('a remote object that somebody deletes comes back', async () => {
  const member = scenario.member('drift-1');
  const key = { apiVersion: 'v1', kind: 'Service', namespace: scenario.memberNamespace, name: 'web' };
  const { metadata } = await member.get(key);
  await member.delete(key);
  const again = await waitUntil('the Service to come back', () => member.find(key));
  assert.notEqual(again.metadata.uid, metadata.uid);
});
