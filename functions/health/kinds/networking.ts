import { byConditions, withoutHealth } from '../common-rules.ts';
import type { HealthRule } from '../health-rule.ts';
import { allOf, anyOf, everyParentAccepts, fieldIs, hasItems, isFalse, isTrue, not } from '../signs.ts';

const balanced = fieldIs('spec.type', 'LoadBalancer');
const accepted = [{ type: 'Accepted', status: 'True', reason: 'Accepted' }];

/** Services, and the Gateway API (conditions of a route stand under each of its parents). An Ingress may never be given an address, and says nothing else. */
export const networking: readonly HealthRule[] = [
  {
    ...{ group: '', kind: 'Service', ownHealth: balanced },
    healthy: anyOf(not(balanced), hasItems('status.loadBalancer.ingress')),
    healthyStatus: () => ({ loadBalancer: { ingress: [{ ip: '192.0.2.1' }] } }),
  },
  ...withoutHealth('networking.k8s.io', ['Ingress', 'IngressClass', 'NetworkPolicy', 'ServiceCIDR', 'IPAddress']),
  ...withoutHealth('discovery.k8s.io', ['EndpointSlice']),
  ...byConditions('gateway.networking.k8s.io', ['GatewayClass'], ['Accepted']),
  ...byConditions('gateway.networking.k8s.io', ['Gateway', 'ListenerSet'], ['Accepted', 'Programmed'], {
    healthy: allOf(isTrue('Accepted'), isTrue('Programmed'), not(isFalse('ResolvedRefs'))),
    tells: ['Accepted', 'ResolvedRefs', 'Programmed'],
  }),
  ...['HTTPRoute', 'GRPCRoute', 'TLSRoute', 'TCPRoute', 'UDPRoute'].map((kind) => ({
    ...{ group: 'gateway.networking.k8s.io', kind, tells: ['status.parents'] },
    healthy: everyParentAccepts('status.parents'),
    healthyStatus: () => ({ parents: [{ conditions: accepted }] }),
  })),
  {
    ...{ group: 'gateway.networking.k8s.io', kind: 'BackendTLSPolicy', tells: ['status.ancestors'] },
    healthy: everyParentAccepts('status.ancestors'),
    healthyStatus: () => ({ ancestors: [{ conditions: accepted }] }),
  },
  ...withoutHealth('gateway.networking.k8s.io', ['ReferenceGrant']),
];
