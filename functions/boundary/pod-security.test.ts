import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { JsonObject } from '../kube/json.ts';
import { checkPodSecurity } from './pod-security.ts';

/** A pod that just meets Restricted. */
const hardened: JsonObject = {
  securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
  containers: [
    { name: 'a', image: 'a', securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } } },
  ],
};

type Level = Parameters<typeof checkPodSecurity>[2];

function pathsOf(level: Level, spec: JsonObject, annotations: JsonObject = {}): readonly string[] {
  return checkPodSecurity({ spec, annotations }, 'spec', level).map(({ path }) => path);
}

const container = (fields: JsonObject): JsonObject => ({ containers: [{ name: 'a', image: 'a', ...fields }] });
const secured = (securityContext: JsonObject) => container({ securityContext });

/** What Baseline refuses: a pod, and where. */
const refused: readonly (readonly [what: string, spec: JsonObject, path: string])[] = [
  ['the network of the host', { ...container({}), hostNetwork: true }, 'spec.hostNetwork'],
  ['the processes of the host', { ...container({}), hostPID: true }, 'spec.hostPID'],
  ['the IPC of the host', { ...container({}), hostIPC: true }, 'spec.hostIPC'],
  ['a privileged container', secured({ privileged: true }), 'spec.containers[0].securityContext.privileged'],
  [
    'a privileged init container',
    { initContainers: [{ securityContext: { privileged: true } }] },
    'spec.initContainers[0].securityContext.privileged',
  ],
  [
    'a privileged debug container',
    { ephemeralContainers: [{ securityContext: { privileged: true } }] },
    'spec.ephemeralContainers[0].securityContext.privileged',
  ],
  [
    'a further capability',
    secured({ capabilities: { add: ['CHOWN', 'NET_RAW'] } }),
    'spec.containers[0].securityContext.capabilities',
  ],
  ['all capabilities', secured({ capabilities: { add: ['ALL'] } }), 'spec.containers[0].securityContext.capabilities'],
  ['a hostPath', { ...container({}), volumes: [{ name: 'v', hostPath: { path: '/' } }] }, 'spec.volumes[0].hostPath'],
  ['a hostPort', container({ ports: [{ containerPort: 1, hostPort: 80 }] }), 'spec.containers[0].ports[0].hostPort'],
  [
    'a probe of another host',
    container({ livenessProbe: { httpGet: { host: '169.254.169.254' } } }),
    'spec.containers[0].livenessProbe.httpGet.host',
  ],
  [
    'a probe of the loopback of the node',
    container({ readinessProbe: { tcpSocket: { host: '127.0.0.1' } } }),
    'spec.containers[0].readinessProbe.tcpSocket.host',
  ],
  [
    'a startup probe of another host',
    container({ startupProbe: { httpGet: { host: 'x' } } }),
    'spec.containers[0].startupProbe.httpGet.host',
  ],
  [
    'a hook to another host',
    container({ lifecycle: { preStop: { httpGet: { host: 'x' } } } }),
    'spec.containers[0].lifecycle.preStop.httpGet.host',
  ],
  [
    'an AppArmor profile of none',
    secured({ appArmorProfile: { type: 'Unconfined' } }),
    'spec.containers[0].securityContext.appArmorProfile',
  ],
  [
    'a SELinux type of more rights',
    secured({ seLinuxOptions: { type: 'spc_t' } }),
    'spec.containers[0].securityContext.seLinuxOptions',
  ],
  [
    'a SELinux user',
    { ...container({}), securityContext: { seLinuxOptions: { user: 'x' } } },
    'spec.securityContext.seLinuxOptions',
  ],
  ['a SELinux role', secured({ seLinuxOptions: { role: 'x' } }), 'spec.containers[0].securityContext.seLinuxOptions'],
  ['an open /proc', secured({ procMount: 'Unmasked' }), 'spec.containers[0].securityContext.procMount'],
  [
    'no seccomp for a container',
    secured({ seccompProfile: { type: 'Unconfined' } }),
    'spec.containers[0].securityContext.seccompProfile',
  ],
  [
    'no seccomp for the pod',
    { ...container({}), securityContext: { seccompProfile: { type: 'Unconfined' } } },
    'spec.securityContext.seccompProfile',
  ],
  [
    'an unsafe sysctl',
    { ...container({}), securityContext: { sysctls: [{ name: 'kernel.msgmax', value: '1' }] } },
    'spec.securityContext.sysctls[0].name',
  ],
  [
    'a Windows process on the host',
    { ...container({}), securityContext: { windowsOptions: { hostProcess: true } } },
    'spec.securityContext.windowsOptions',
  ],
];

for (const [what, spec, path] of refused) {
  test(`Baseline refuses ${what}`, () => {
    assert.deepEqual(pathsOf('Baseline', spec), [path]);
    assert.ok(pathsOf('Restricted', spec).includes(path));
    assert.deepEqual(pathsOf('Privileged', spec), []);
  });
}

test('Baseline refuses an AppArmor annotation that is not a known profile', () => {
  const annotation = (profile: string) => ({ 'container.apparmor.security.beta.kubernetes.io/a': profile });
  assert.deepEqual(pathsOf('Baseline', container({}), annotation('unconfined')), ['spec']);
  assert.deepEqual(pathsOf('Baseline', container({}), annotation('anything')), ['spec']);
  assert.deepEqual(pathsOf('Baseline', container({}), annotation('runtime/default')), []);
  assert.deepEqual(pathsOf('Baseline', container({}), annotation('localhost/mine')), []);
});

test('Baseline takes what is left out, null or harmless', () => {
  assert.deepEqual(pathsOf('Baseline', container({})), []);
  const harmless = {
    hostNetwork: false,
    securityContext: { sysctls: [{ name: 'net.ipv4.tcp_rmem', value: '1' }], seLinuxOptions: { type: 'container_t' } },
    volumes: [{ name: 'v', hostPath: null, emptyDir: {} }],
    containers: [
      {
        name: 'a',
        ports: [{ containerPort: 1, hostPort: 0 }],
        livenessProbe: { httpGet: { host: '', path: '/' } },
        securityContext: {
          privileged: null,
          procMount: null,
          seccompProfile: { type: 'Localhost', localhostProfile: 'p' },
          capabilities: { add: ['NET_BIND_SERVICE'] },
        },
      },
    ],
  };
  assert.deepEqual(pathsOf('Baseline', harmless), []);
});

test('Restricted takes a hardened pod', () => {
  assert.deepEqual(pathsOf('Restricted', hardened), []);
});

/** What Restricted refuses beside that: what is said of the pod, of its container, and where it is refused. */
const softened: readonly (readonly [what: string, pod: JsonObject, own: JsonObject, paths: readonly string[]])[] = [
  ['a volume of another type', { volumes: [{ name: 'v', nfs: {} }] }, {}, ['spec.volumes[0].nfs']],
  [
    'privilege escalation left open',
    {},
    { allowPrivilegeEscalation: null },
    ['spec.containers[0].securityContext.allowPrivilegeEscalation'],
  ],
  ['capabilities that are kept', {}, { capabilities: {} }, ['spec.containers[0].securityContext.capabilities']],
  [
    'a capability beside NET_BIND_SERVICE',
    {},
    { capabilities: { drop: ['ALL'], add: ['CHOWN'] } },
    ['spec.containers[0].securityContext.capabilities'],
  ],
  ['a container that may be root', {}, { runAsNonRoot: false }, ['spec.containers[0].securityContext.runAsNonRoot']],
  [
    'a pod that may be root, although its container may not',
    { securityContext: { runAsNonRoot: false, seccompProfile: { type: 'RuntimeDefault' } } },
    { runAsNonRoot: true },
    ['spec.securityContext.runAsNonRoot'],
  ],
  [
    'a pod and a container that do not say who they run as',
    { securityContext: { seccompProfile: { type: 'RuntimeDefault' } } },
    {},
    ['spec.containers[0].securityContext.runAsNonRoot'],
  ],
  ['a container that runs as root', {}, { runAsUser: 0 }, ['spec.containers[0].securityContext.runAsUser']],
  [
    'a pod that runs as root, although its container does not',
    { securityContext: { runAsNonRoot: true, runAsUser: 0, seccompProfile: { type: 'RuntimeDefault' } } },
    { runAsUser: 7 },
    ['spec.securityContext.runAsUser'],
  ],
  [
    'no word of seccomp',
    { securityContext: { runAsNonRoot: true } },
    {},
    ['spec.containers[0].securityContext.seccompProfile'],
  ],
];

for (const [what, pod, own, paths] of softened) {
  test(`Restricted refuses ${what}`, () => {
    const securityContext = { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] }, ...own };
    assert.deepEqual(pathsOf('Restricted', { ...hardened, ...secured(securityContext), ...pod }), paths);
  });
}

test('Restricted takes an image volume and a container that inherits or says itself what the pod does not', () => {
  const own = { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'], add: ['NET_BIND_SERVICE'] } };
  const all = { ...own, runAsNonRoot: true, seccompProfile: { type: 'Localhost' } };
  assert.deepEqual(pathsOf('Restricted', { ...secured(all), volumes: [{ name: 'v', image: { reference: 'r' } }] }), []);
});

test('Windows pods are exempt from what only Linux knows, not from running as root', () => {
  const windows = { os: { name: 'windows' }, ...container({}) };
  assert.deepEqual(pathsOf('Restricted', windows), ['spec.containers[0].securityContext.runAsNonRoot']);
});

test('the hint names the level', () => {
  const [problem] = checkPodSecurity({ spec: secured({ privileged: true }), annotations: {} }, 'spec', 'Baseline');
  assert.equal(problem?.hint, 'the Tier allows pod security Baseline');
});
