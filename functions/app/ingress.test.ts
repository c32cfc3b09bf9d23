import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Component } from '../generated/types.ts';
import { formatProblem } from '../kube/problem.ts';
import { checkIngress, ingress } from './ingress.ts';
import { samplePart } from './sample-part.ts';

type Ingress = NonNullable<Component['ingress']>;
const ports = [{ name: 'http', containerPort: 8080 }];
const specOf = (given: Ingress, fields: Partial<Component> = { ports }) =>
  ingress(samplePart({ ingress: given, ...fields }))?.spec;
const backend = (number: number) => ({ service: { name: 'web', port: { number } } });
const rule = (path: string, number = 8080) => ({
  http: { paths: [{ path, pathType: 'Prefix', backend: backend(number) }] },
});

test('a host leads to the first port of the Service', () => {
  const given = { className: 'nginx', host: 'shop.example.com', path: '/', tls: [{ hosts: ['shop.example.com'] }] };
  assert.deepEqual(specOf(given), {
    ingressClassName: 'nginx',
    tls: given.tls,
    rules: [{ host: 'shop.example.com', ...rule('/') }],
  });
  assert.deepEqual(specOf({ path: '/api' }, { service: { ports: [{ port: 80 }, { port: 81 }] } }), {
    rules: [rule('/api', 80)],
  });
});

test('rules pass through, after the rule for a host; alone they are all there is', () => {
  const rules = [{ host: 'b.example.com' }];
  assert.deepEqual(specOf({ rules, path: '/' }), { rules });
  assert.deepEqual(specOf({ rules, host: 'a.example.com' }), {
    rules: [{ host: 'a.example.com', ...rule('/') }, ...rules],
  });
  assert.deepEqual(specOf({ rules, path: '/api' }), { rules: [rule('/api'), ...rules] });
  assert.deepEqual(specOf({ defaultBackend: backend(1) }), { defaultBackend: backend(1) });
});

test('annotations become those of the Ingress', () => {
  assert.deepEqual(ingress(samplePart({ ports, ingress: { annotations: { a: 'b' } } }))?.metadata.annotations, {
    a: 'b',
  });
  assert.equal(ingress(samplePart({ ports })), undefined);
});

test('an Ingress to a component without ports is refused, unless its rules lead elsewhere', () => {
  assert.deepEqual(checkIngress(samplePart({ ingress: { host: 'a.example.com' } })).map(formatProblem), [
    'spec.components[0].ingress: leads nowhere: the component has neither a service with ports nor ports; give it ports, such as {name: http, containerPort: 8080}',
  ]);
  assert.deepEqual(checkIngress(samplePart({ ingress: { rules: [{}] } })), []);
  assert.deepEqual(checkIngress(samplePart({ ingress: {}, ports })), []);
});
