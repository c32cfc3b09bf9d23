import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Component } from '../generated/types.ts';
import { formatProblem } from '../kube/problem.ts';
import { selectorLabels, standardLabels } from './labels.ts';
import { samplePart } from './sample-part.ts';
import { checkService, service } from './service.ts';

const ports = [{ name: 'http', containerPort: 8080 }];
const selector = selectorLabels(samplePart());
const specOf = (fields: Partial<Component>) => service(samplePart(fields))?.spec;
const problemsOf = (fields: Partial<Component>) => checkService(samplePart(fields)).map(formatProblem);

test('a component has no Service unless it asks for one', () => {
  assert.equal(service(samplePart({ ports })), undefined);
});

test('the ports of a Service are those of the container unless given', () => {
  assert.deepEqual(specOf({ service: {}, ports: [...ports, { name: 'dns', containerPort: 53, protocol: 'UDP' }] }), {
    selector,
    ports: [
      { name: 'http', port: 8080, targetPort: 'http' },
      { name: 'dns', protocol: 'UDP', port: 53, targetPort: 'dns' },
    ],
  });
  assert.deepEqual(specOf({ service: {}, ports: [{ containerPort: '${8000 + 80}' }] }), {
    selector,
    ports: [{ port: '${8000 + 80}', targetPort: '${8000 + 80}' }],
  });
  const given = [{ name: 'web', port: 80, targetPort: 8080, nodePort: 30080 }];
  assert.deepEqual(specOf({ service: { ports: given }, ports }), { selector, ports: given });
});

test('other fields pass through; labels and annotations become those of the Service', () => {
  const part = samplePart({
    ports,
    service: { type: 'LoadBalancer', externalTrafficPolicy: 'Local', labels: { a: 'b' }, annotations: { c: 'd' } },
  });
  const rendered = service(part);
  assert.deepEqual(rendered?.metadata, {
    name: 'web',
    namespace: 'team-shop',
    labels: { a: 'b', ...standardLabels(part) },
    annotations: { c: 'd' },
  });
  assert.deepEqual(Object.keys(rendered?.spec as object).sort(), [
    'externalTrafficPolicy',
    'ports',
    'selector',
    'type',
  ]);
});

test('a StatefulSet has a headless Service unless it has or names one', () => {
  assert.deepEqual(specOf({ kind: 'StatefulSet' }), { clusterIP: 'None', selector });
  assert.equal(specOf({ kind: 'StatefulSet', serviceName: 'peers' }), undefined);
  assert.deepEqual(specOf({ kind: 'StatefulSet', service: {}, ports }), {
    selector,
    ports: [{ name: 'http', port: 8080, targetPort: 'http' }],
  });
});

test('a route to ports brings a Service', () => {
  for (const route of [{ ingress: {} }, { httpRoute: {} }]) {
    assert.ok(service(samplePart({ ...route, ports })));
    assert.equal(service(samplePart(route)), undefined);
  }
});

test('an ExternalName selects nothing and needs no ports', () => {
  assert.deepEqual(specOf({ service: { type: 'ExternalName', externalName: 'db.example.com' } }), {
    type: 'ExternalName',
    externalName: 'db.example.com',
  });
  assert.deepEqual(problemsOf({ service: { type: 'ExternalName' } }), []);
});

test('a Service without ports is refused unless it is headless', () => {
  assert.match(
    problemsOf({ service: {} }).join(),
    /^spec\.components\[0\]\.service: has no ports; give the component ports/,
  );
  assert.equal(problemsOf({ service: { ports: [] }, ports }).length, 1);
  assert.deepEqual(problemsOf({ service: { clusterIP: 'None' } }), []);
  assert.deepEqual(problemsOf({ kind: 'StatefulSet' }), []);
});

test('ports without number or, among several, without name are refused', () => {
  assert.deepEqual(problemsOf({ service: { ports: [{ name: 'http' }] } }), [
    'spec.components[0].service.ports[0].port: is required',
  ]);
  assert.deepEqual(problemsOf({ service: {}, ports: [{ containerPort: 1 }, ...ports] }), [
    'spec.components[0].ports[0].name: is required: a Service with several ports names each',
  ]);
  assert.deepEqual(problemsOf({ ports: [{ containerPort: 1 }, { containerPort: 2 }] }), []);
});
