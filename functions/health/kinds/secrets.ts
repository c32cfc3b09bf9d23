import { byConditions } from '../common-rules.ts';
import type { HealthRule } from '../health-rule.ts';
import { isFalse } from '../signs.ts';

/** External Secrets tries again for ever; a Sealed Secret that no key opens stays shut. */
export const secrets: readonly HealthRule[] = [
  ...byConditions('external-secrets.io', [
    ...['ExternalSecret', 'ClusterExternalSecret', 'PushSecret'],
    ...['SecretStore', 'ClusterSecretStore'],
  ]),
  ...byConditions('bitnami.com', ['SealedSecret'], ['Synced'], { failed: isFalse('Synced') }),
];
