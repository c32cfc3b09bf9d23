import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatProblem } from '../kube/problem.ts';
import { checkHttpRoute, httpRoute } from './http-route.ts';
import { samplePart } from './sample-part.ts';

const ports = [{ name: 'http', containerPort: 8080 }];

test('a route without rules leads everything to the first port of the Service', () => {
  const given = { parentRefs: [{ name: 'public' }], hostnames: ['shop.example.com'] };
  const route = httpRoute(samplePart({ ports, httpRoute: given }));
  assert.equal(route?.apiVersion, 'gateway.networking.k8s.io/v1');
  assert.deepEqual(route?.spec, { ...given, rules: [{ backendRefs: [{ name: 'web', port: 8080 }] }] });
});

test('given rules and fields pass through', () => {
  const given = { rules: [{ filters: [] }], useDefaultGateways: 'All' };
  assert.deepEqual(httpRoute(samplePart({ httpRoute: given }))?.spec, given);
  assert.deepEqual(checkHttpRoute(samplePart({ httpRoute: given })), []);
  assert.equal(httpRoute(samplePart()), undefined);
});

test('a route to a component without ports is refused', () => {
  assert.match(
    checkHttpRoute(samplePart({ httpRoute: {} }))
      .map(formatProblem)
      .join(),
    /^spec\.components\[0\]\.httpRoute: leads nowhere: .*; give it ports/,
  );
});
