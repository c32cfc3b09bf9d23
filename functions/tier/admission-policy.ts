import type { NamespacedName } from '../clusters/cluster-facts.ts';
import type { JsonObject } from '../kube/json.ts';
import type { KubeObject } from '../kube/object.ts';
import { admissionPolicyName, tierLabels } from './tier-names.ts';

/** A rule that member clusters keep for the Namespaces of a Tier, whoever writes there. */
export type AdmissionRule = {
  /** What the rule is about; part of the policy's name. */
  readonly subject: string;
  /** Resources, subresources included, by API group. */
  readonly resources: { readonly [group: string]: readonly string[] };
  readonly matchConditions?: readonly { readonly name: string; readonly expression: string }[];
  readonly variables: readonly { readonly name: string; readonly expression: string }[];
  readonly expression: string;
  readonly message: string;
  /** CEL that tells more than the message. */
  readonly messageExpression: string;
};

/** Returns the ValidatingAdmissionPolicy of a rule and the binding that denies in the Namespaces of the Tier only. */
export function admissionPolicy(rule: AdmissionRule, tier: NamespacedName): readonly KubeObject[] {
  const { subject, resources, matchConditions, variables, expression, message, messageExpression } = rule;
  const metadata = { name: admissionPolicyName(tier, subject), labels: tierLabels(tier) };
  const resourceRules = Object.entries(resources).map(
    ([group, names]): JsonObject => ({
      apiGroups: [group],
      apiVersions: ['v1'],
      operations: ['CREATE', 'UPDATE'],
      resources: names,
    }),
  );
  return [
    {
      apiVersion: 'admissionregistration.k8s.io/v1',
      kind: 'ValidatingAdmissionPolicy',
      metadata,
      spec: {
        failurePolicy: 'Fail',
        matchConstraints: { resourceRules },
        ...(matchConditions !== undefined && { matchConditions }),
        variables,
        validations: [{ expression, message, messageExpression, reason: 'Forbidden' }],
      },
    },
    {
      apiVersion: 'admissionregistration.k8s.io/v1',
      kind: 'ValidatingAdmissionPolicyBinding',
      metadata,
      spec: {
        policyName: metadata.name,
        validationActions: ['Deny'],
        matchResources: { namespaceSelector: { matchLabels: tierLabels(tier) } },
      },
    },
  ];
}
