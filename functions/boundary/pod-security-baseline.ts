import { isJsonList, isJsonObject, type JsonObject } from '../kube/json.ts';
import { containerRule, type PodRule, podAndContainerRule, section } from './pod-rule.ts';
import { containersOf } from './pod-specs.ts';

const hostNamespaces: PodRule = ({ spec }, path) =>
  ['hostNetwork', 'hostPID', 'hostIPC'].flatMap((field) =>
    spec[field] === true ? [{ path: `${path}.${field}`, message: 'must not be true' }] : [],
  );

const privileged = containerRule('privileged', (value) => (value === true ? 'must not be true' : undefined));

const defaultCapabilities = [
  'AUDIT_WRITE',
  'CHOWN',
  'DAC_OVERRIDE',
  'FOWNER',
  'FSETID',
  'KILL',
  'MKNOD',
  'NET_BIND_SERVICE',
  'SETFCAP',
  'SETGID',
  'SETPCAP',
  'SETUID',
  'SYS_CHROOT',
];

const capabilities = containerRule('capabilities', (value) => {
  const added = isJsonObject(value) && isJsonList(value['add']) ? value['add'] : [];
  const refused = added.filter((capability) => !defaultCapabilities.includes(String(capability)));
  return refused.length > 0 ? `must not add ${refused.join(', ')}` : undefined;
});

const hostPathVolumes: PodRule = ({ spec }, path) =>
  (isJsonList(spec['volumes']) ? spec['volumes'] : []).flatMap((volume, index) =>
    isJsonObject(volume) && (volume['hostPath'] ?? undefined) !== undefined
      ? [{ path: `${path}.volumes[${index}].hostPath`, message: 'must not be used' }]
      : [],
  );

const hostPorts: PodRule = ({ spec }, path) =>
  containersOf(spec, path).flatMap(({ path: at, container }) =>
    (isJsonList(container['ports']) ? container['ports'] : []).flatMap((port, index) =>
      isJsonObject(port) && (port['hostPort'] ?? 0) !== 0
        ? [{ path: `${at}.ports[${index}].hostPort`, message: 'must not be used' }]
        : [],
    ),
  );

/** Probes and lifecycle hooks that name a host make the kubelet call it; the node's own loopback is no exception (KEP-4940). */
const probeHosts: PodRule = ({ spec }, path) =>
  containersOf(spec, path).flatMap(({ path: at, container }) => {
    const lifecycle = section(container, 'lifecycle');
    const handlers: readonly (readonly [string, JsonObject])[] = [
      ...['livenessProbe', 'readinessProbe', 'startupProbe'].map(
        (field) => [field, section(container, field)] as const,
      ),
      ...['postStart', 'preStop'].map((field) => [`lifecycle.${field}`, section(lifecycle, field)] as const),
    ];
    return handlers.flatMap(([field, handler]) =>
      ['httpGet', 'tcpSocket'].flatMap((action) => {
        const host = section(handler, action)['host'] ?? '';
        return host !== '' ? [{ path: `${at}.${field}.${action}.host`, message: 'must not be set' }] : [];
      }),
    );
  });

/** The profiles that AppArmor and seccomp may have; whatever else there is or will be is refused. */
function profileType(value: unknown): string | undefined {
  const type = isJsonObject(value) ? (value['type'] ?? undefined) : undefined;
  return type === undefined || type === 'RuntimeDefault' || type === 'Localhost'
    ? undefined
    : `type must be RuntimeDefault or Localhost (got "${String(type)}")`;
}

const appArmor = podAndContainerRule('appArmorProfile', profileType);

const appArmorAnnotations: PodRule = ({ annotations }, path) =>
  Object.entries(annotations).flatMap(([key, value]) =>
    key.startsWith('container.apparmor.security.beta.kubernetes.io/') && !isAppArmorDefault(String(value))
      ? [{ path, message: `annotation ${key} must be runtime/default or localhost/… (got "${String(value)}")` }]
      : [],
  );

function isAppArmorDefault(profile: string): boolean {
  return profile === '' || profile === 'runtime/default' || profile.startsWith('localhost/');
}

const seLinuxTypes = ['', 'container_t', 'container_init_t', 'container_kvm_t', 'container_engine_t'];

const seLinux = podAndContainerRule('seLinuxOptions', (value) => {
  if (!isJsonObject(value)) return undefined;
  if (!seLinuxTypes.includes(String(value['type'] ?? '')))
    return `type must be one of ${seLinuxTypes.slice(1).join(', ')}`;
  return value['user'] || value['role'] ? 'must not set user or role' : undefined;
});

const procMount = containerRule('procMount', (value) =>
  value === undefined || value === 'Default' ? undefined : 'must be Default',
);

const seccomp = podAndContainerRule('seccompProfile', profileType);

const safeSysctls = [
  'kernel.shm_rmid_forced',
  'net.ipv4.ip_local_port_range',
  'net.ipv4.ip_local_reserved_ports',
  'net.ipv4.ip_unprivileged_port_start',
  'net.ipv4.ping_group_range',
  'net.ipv4.tcp_syncookies',
  'net.ipv4.tcp_fin_timeout',
  'net.ipv4.tcp_keepalive_intvl',
  'net.ipv4.tcp_keepalive_probes',
  'net.ipv4.tcp_keepalive_time',
  'net.ipv4.tcp_rmem',
  'net.ipv4.tcp_wmem',
];

const sysctls: PodRule = ({ spec }, path) => {
  const list = section(spec, 'securityContext')['sysctls'];
  return (isJsonList(list) ? list : []).flatMap((sysctl, index) =>
    isJsonObject(sysctl) && !safeSysctls.includes(String(sysctl['name']))
      ? [
          {
            path: `${path}.securityContext.sysctls[${index}].name`,
            message: `must be one of the safe sysctls (got "${String(sysctl['name'])}")`,
          },
        ]
      : [],
  );
};

const windowsHostProcess = podAndContainerRule('windowsOptions', (value) =>
  isJsonObject(value) && value['hostProcess'] === true ? 'hostProcess must not be true' : undefined,
);

/** The Baseline level: what is known to escalate privileges is refused. */
export const baselineRules: readonly PodRule[] = [
  hostNamespaces,
  privileged,
  capabilities,
  hostPathVolumes,
  hostPorts,
  probeHosts,
  appArmor,
  appArmorAnnotations,
  seLinux,
  procMount,
  seccomp,
  sysctls,
  windowsHostProcess,
];
