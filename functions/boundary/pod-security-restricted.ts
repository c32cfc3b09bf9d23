import { isJsonList, isJsonObject, type Json } from '../kube/json.ts';
import { containerRule, type PodRule, podRule, section, securityField } from './pod-rule.ts';
import { containersOf } from './pod-specs.ts';

/** `image` since 1.33. */
const volumeTypes = [
  'configMap',
  'csi',
  'downwardAPI',
  'emptyDir',
  'ephemeral',
  'image',
  'persistentVolumeClaim',
  'projected',
  'secret',
];

const volumes: PodRule = ({ spec }, path) =>
  (isJsonList(spec['volumes']) ? spec['volumes'] : []).flatMap((volume, index) => {
    const types = isJsonObject(volume)
      ? Object.keys(volume).filter((key) => key !== 'name' && volume[key] !== null)
      : [];
    return types
      .filter((type) => !volumeTypes.includes(type))
      .map((type) => ({
        path: `${path}.volumes[${index}].${type}`,
        message: `must be one of ${volumeTypes.join(', ')}`,
      }));
  });

/** Windows pods are exempt from what only Linux knows. */
function onLinux(rule: PodRule): PodRule {
  return (pod, path) => (section(pod.spec, 'os')['name'] === 'windows' ? [] : rule(pod, path));
}

const privilegeEscalation = onLinux(
  containerRule('allowPrivilegeEscalation', (value) => (value === false ? undefined : 'must be false')),
);

const dropAll = onLinux(
  containerRule('capabilities', (value) => {
    const { add, drop } = isJsonObject(value) ? value : {};
    if (!isJsonList(drop) || !drop.includes('ALL')) return 'must drop ALL';
    const extra = (isJsonList(add) ? add : []).filter((capability) => capability !== 'NET_BIND_SERVICE');
    return extra.length > 0 ? `may only add NET_BIND_SERVICE (got ${extra.join(', ')})` : undefined;
  }),
);

/**
 * Returns a rule for a field that every container must meet, itself or by inheriting it from the pod. What the pod says must
 * not break it either, even where every container says better.
 */
function inherited(field: string, isMet: (value: Json | undefined) => boolean, message: string): PodRule {
  const ofPod = podRule(field, (value) => (value === undefined || isMet(value) ? undefined : message));
  return (pod, path) => {
    const fallback = securityField(pod.spec, field);
    const broken = containersOf(pod.spec, path).filter(({ container }) => {
      const own = securityField(container, field);
      return own === undefined ? fallback === undefined && !isMet(undefined) : !isMet(own);
    });
    const ofContainers = broken.map(({ path: at }) => ({
      path: `${at}.securityContext.${field}`,
      message: `${message}, here or for the whole pod`,
    }));
    return [...ofPod(pod, path), ...ofContainers];
  };
}

const runAsNonRoot = inherited('runAsNonRoot', (value) => value === true, 'must be true');

const runAsUser = inherited('runAsUser', (value) => value !== 0, 'must not be 0');

const seccomp = onLinux(
  inherited(
    'seccompProfile',
    (value) => isJsonObject(value) && (value['type'] === 'RuntimeDefault' || value['type'] === 'Localhost'),
    'type must be RuntimeDefault or Localhost',
  ),
);

/** The Restricted level, beside Baseline: the hardening that current practice asks of every pod. */
export const restrictedRules: readonly PodRule[] = [
  volumes,
  privilegeEscalation,
  dropAll,
  runAsNonRoot,
  runAsUser,
  seccomp,
];
