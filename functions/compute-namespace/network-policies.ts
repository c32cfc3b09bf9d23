import type { JsonObject } from '../kube/json.ts';
import type { KubeObject } from '../kube/object.ts';
import { type NamespaceFacts, namespacedObject } from './namespace-facts.ts';

/** Where cluster DNS runs, and the address that NodeLocal DNSCache listens at on every node. */
const dnsPeers: readonly JsonObject[] = [
  {
    namespaceSelector: {
      matchExpressions: [
        { key: 'kubernetes.io/metadata.name', operator: 'In', values: ['kube-system', 'openshift-dns'] },
      ],
    },
  },
  { ipBlock: { cidr: '169.254.20.10/32' } },
];

/** A rule sees the port of the pod behind the Service, which is 5353 on OpenShift. */
const dnsPorts: readonly JsonObject[] = [53, 5353].flatMap((port) =>
  ['UDP', 'TCP'].map((protocol) => ({ port, protocol })),
);

const everyPod = { podSelector: {} };

/**
 * Returns the NetworkPolicies that refuse all traffic and those that allow some of it again. There are none when the Tier does
 * not refuse: any policy on a pod, one that allows included, would cut it off from all other traffic.
 */
export function networkPolicies(facts: NamespaceFacts): readonly KubeObject[] {
  const { defaultDeny = true, allowDNS = true, allowSameNamespace = true, ...tier } = facts.policy.network ?? {};
  if (!defaultDeny) return [];
  const ingressFrom = [...(tier.ingressFrom ?? []), ...(facts.spec.network?.ingressFrom ?? [])];
  const egressTo = [...(tier.egressTo ?? []), ...(facts.spec.network?.egressTo ?? [])];
  const policies: readonly (readonly [name: string, rules: JsonObject, isWanted: boolean])[] = [
    ['default-deny', { policyTypes: ['Ingress', 'Egress'] }, true],
    ['allow-dns', { policyTypes: ['Egress'], egress: [{ to: dnsPeers, ports: dnsPorts }] }, allowDNS],
    [
      'allow-same-namespace',
      { policyTypes: ['Ingress', 'Egress'], ingress: [{ from: [everyPod] }], egress: [{ to: [everyPod] }] },
      allowSameNamespace,
    ],
    // A rule without peers would allow everybody.
    ['allow-ingress', { policyTypes: ['Ingress'], ingress: [{ from: ingressFrom }] }, ingressFrom.length > 0],
    ['allow-egress', { policyTypes: ['Egress'], egress: [{ to: egressTo }] }, egressTo.length > 0],
  ];
  return policies
    .filter(([, , isWanted]) => isWanted)
    .map(([name, rules]) =>
      namespacedObject(facts, ['networking.k8s.io/v1', 'NetworkPolicy', name], { spec: { ...everyPod, ...rules } }),
    );
}
