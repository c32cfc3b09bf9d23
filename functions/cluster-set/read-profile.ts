import { type ClusterFacts, clusterIdProperty } from '../clusters/cluster-facts.ts';
import type { ClusterSetSpec, Member } from '../generated/types.ts';
import { isJsonList, isJsonObject } from '../kube/json.ts';
import { isDnsSubdomain, isLabelValue } from '../kube/names.ts';
import { findCondition, type KubeObject } from '../kube/object.ts';
import type { Checked } from '../kube/problem.ts';
import { parseQuantity } from '../kube/quantity.ts';
import { evaluateExpressions } from '../template/environment.ts';
import { compileTemplate } from '../template/fill.ts';

/**
 * Returns a ClusterProfile (multicluster.x-k8s.io/v1alpha1) as a member: its name is the cluster's id where the manager
 * publishes one, else the profile's own name; healthy unless the manager says that the control plane is not or that it has
 * not joined. What changes with every heartbeat is left out, but for when numbers were observed, which is written down now and then.
 */
export function readProfile(profile: KubeObject, spec: ClusterSetSpec, set: string): Checked<Member> {
  const { name: profileName = '', namespace = '', labels = {} } = profile.metadata;
  const status = isJsonObject(profile.status) ? profile.status : {};
  const properties = readProperties(status['properties'], 'value');
  const reportedAt = Object.fromEntries(
    Object.entries(readProperties(status['properties'], 'lastObservedTime')).filter(([property]) => {
      const value = properties[property];
      return value !== undefined && parseQuantity(value).problems === undefined;
    }),
  );
  const versions = status['version'];
  const version = isJsonObject(versions) && typeof versions['kubernetes'] === 'string' ? versions['kubernetes'] : '';
  const name = properties[clusterIdProperty] ?? profileName;
  if (!isLabelValue(name) || !isDnsSubdomain(name)) {
    return {
      problems: [
        {
          path: `ClusterProfile ${profileName}`,
          message: `the cluster id must be a lower-case DNS name of at most 63 characters (got "${name}")`,
        },
      ],
    };
  }
  const config = providerConfigOf(spec, { name, labels, properties, version, set });
  if (config.problems !== undefined) return config;
  return {
    value: {
      name,
      clusterProfile: { namespace, name: profileName },
      providerConfig: config.value,
      ...(Object.keys(labels).length > 0 && { labels }),
      ...(Object.keys(properties).length > 0 && { properties }),
      ...(version !== '' && { version }),
      ...(Object.keys(reportedAt).length > 0 && { reportedAt }),
      healthy: ['ControlPlaneHealthy', 'Joined'].every(
        (type) => (findCondition(profile, type)?.status ?? 'True') === 'True',
      ),
    },
  };
}

function readProperties(list: unknown, field: 'value' | 'lastObservedTime'): { readonly [name: string]: string } {
  const entries = (isJsonList(list) ? list : []).flatMap((property): [string, string][] => {
    if (!isJsonObject(property)) return [];
    const { name, [field]: text } = property;
    return typeof name === 'string' && typeof text === 'string' ? [[name, text]] : [];
  });
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}

function providerConfigOf(
  { providerConfigRef }: ClusterSetSpec,
  cluster: ClusterFacts,
): Checked<Member['providerConfig']> {
  const path = 'spec.providerConfigRef.nameTemplate';
  const template = compileTemplate(providerConfigRef?.nameTemplate ?? '${cluster.name}', path);
  if (template.problems !== undefined) return template;
  const values = evaluateExpressions(template.value.expressions, { ...nothingElse, cluster }, () => path);
  if (values.problems.length > 0) return { problems: values.problems };
  const name = template.value.fill(values.values);
  if (name.problems !== undefined) return name;
  if (typeof name.value === 'string' && isDnsSubdomain(name.value)) {
    return { value: { kind: providerConfigRef?.kind ?? 'ClusterProviderConfig', name: name.value } };
  }
  const got = `${JSON.stringify(name.value)} for cluster ${cluster.name}`;
  return { problems: [{ path, message: `must give the name of a provider configuration (got ${got})` }] };
}

/** A provider configuration belongs to a cluster alone: holes that speak of anything else find it empty. */
const nothingElse = {
  app: { name: '', namespace: '', labels: {} },
  tier: { name: '', namespace: '', platform: '' },
  namespace: '',
  replicas: {},
};
