import { byConditions, byPhase } from '../common-rules.ts';
import type { HealthRule } from '../health-rule.ts';
import { anyOf, conditionIs, isTrue } from '../signs.ts';

const group = 'cert-manager.io';

/** cert-manager: an issuer tries again for ever, a request and an order fail for good. */
export const certManager: readonly HealthRule[] = [
  ...byConditions(group, ['Certificate'], ['Ready'], { tells: ['Issuing', 'Ready'] }),
  ...byConditions(group, ['Issuer', 'ClusterIssuer']),
  ...byConditions(group, ['CertificateRequest'], ['Ready'], {
    failed: anyOf(isTrue('InvalidRequest'), isTrue('Denied'), conditionIs('Ready', 'False', 'Failed')),
    tells: ['!InvalidRequest', '!Denied', 'Ready'],
  }),
  ...byPhase(
    'acme.cert-manager.io',
    ['Order', 'Challenge'],
    'status.state',
    { healthy: ['valid'], failed: ['invalid', 'expired', 'errored'] },
    { tells: ['status.reason'] },
  ),
];
