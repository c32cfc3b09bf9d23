import { byConditions, byPhase } from '../common-rules.ts';
import type { HealthRule } from '../health-rule.ts';
import { allOf, isFalse, isTrue, not } from '../signs.ts';

/** Istio tells of its configuration only where it is asked to; its installation tells always. */
const configuration = (group: string, kinds: readonly string[]): readonly HealthRule[] =>
  kinds.map((kind) => ({
    ...{ group, kind, ownHealth: false as const, tells: ['Reconciled'] },
    healthy: not(isFalse('Reconciled')),
  }));

/** Istio's configuration, and its installation by the Sail operator or the older IstioOperator. */
export const istio: readonly HealthRule[] = [
  ...configuration('networking.istio.io', [
    ...['VirtualService', 'DestinationRule', 'Gateway', 'ServiceEntry', 'Sidecar'],
    ...['EnvoyFilter', 'WorkloadEntry', 'WorkloadGroup', 'ProxyConfig'],
  ]),
  ...configuration('security.istio.io', ['AuthorizationPolicy', 'PeerAuthentication', 'RequestAuthentication']),
  ...configuration('telemetry.istio.io', ['Telemetry']),
  ...configuration('extensions.istio.io', ['WasmPlugin']),
  ...byConditions('sailoperator.io', ['Istio', 'IstioRevision', 'IstioCNI', 'ZTunnel'], ['Ready'], {
    healthy: allOf(isTrue('Ready'), not(isFalse('Reconciled'))),
    tells: ['Reconciled', 'Ready'],
  }),
  ...byPhase(
    'install.istio.io',
    ['IstioOperator'],
    'status.status',
    { healthy: ['HEALTHY'] },
    {
      tells: ['status.message'],
    },
  ),
];
