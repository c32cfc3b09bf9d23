import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ComputeNamespaceSpec, TierPolicy } from '../generated/types.ts';
import { networkPolicies } from './network-policies.ts';
import { sampleFacts } from './sample-facts.ts';

function specsOf(tier: TierPolicy['network'], own?: ComputeNamespaceSpec['network']) {
  const facts = sampleFacts(own && { network: own }, {}, tier && { network: tier });
  return new Map(networkPolicies(facts).map(({ metadata, spec }) => [metadata.name, spec]));
}

const peer = (cidr: string) => ({ ipBlock: { cidr } });

test('by default all traffic is refused but DNS and within the namespace', () => {
  assert.deepEqual([...specsOf(undefined).keys()], ['default-deny', 'allow-dns', 'allow-same-namespace']);
  assert.deepEqual(specsOf(undefined).get('default-deny'), { podSelector: {}, policyTypes: ['Ingress', 'Egress'] });
  assert.deepEqual(specsOf(undefined).get('allow-same-namespace'), {
    podSelector: {},
    policyTypes: ['Ingress', 'Egress'],
    ingress: [{ from: [{ podSelector: {} }] }],
    egress: [{ to: [{ podSelector: {} }] }],
  });
});

test('DNS is that of the cluster, by both protocols', () => {
  const dns = JSON.stringify(specsOf(undefined).get('allow-dns'));
  for (const part of [
    'kube-system',
    'openshift-dns',
    '169.254.20.10/32',
    '"port":53,"protocol":"UDP"',
    '"port":53,"protocol":"TCP"',
    '"port":5353',
  ]) {
    assert.ok(dns.includes(part), part);
  }
});

test('a Tier may leave any of it out', () => {
  assert.deepEqual([...specsOf({ allowDNS: false, allowSameNamespace: false }).keys()], ['default-deny']);
});

test('where nothing is refused there is no policy at all, for one that allows would refuse the rest', () => {
  assert.deepEqual([...specsOf({ defaultDeny: false, ingressFrom: [peer('10.0.0.0/8')] }).keys()], []);
});

test('peers of the Tier and of the ComputeNamespace are allowed together', () => {
  const tier = { ingressFrom: [peer('10.0.0.0/8')], egressTo: [peer('10.1.0.0/16')] };
  const own = { ingressFrom: [peer('10.2.0.0/16')], egressTo: [peer('10.3.0.0/16')] };
  assert.deepEqual(specsOf(tier, own).get('allow-ingress'), {
    podSelector: {},
    policyTypes: ['Ingress'],
    ingress: [{ from: [peer('10.0.0.0/8'), peer('10.2.0.0/16')] }],
  });
  assert.deepEqual(specsOf(tier, own).get('allow-egress'), {
    podSelector: {},
    policyTypes: ['Egress'],
    egress: [{ to: [peer('10.1.0.0/16'), peer('10.3.0.0/16')] }],
  });
});

test('an empty list of peers allows nobody', () => {
  assert.equal(specsOf({ ingressFrom: [], egressTo: [] }, { ingressFrom: [], egressTo: [] }).size, 3);
});
