import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { KubeObject } from '../../functions/kube/object.ts';
import type { Api } from './api.ts';
import {
  asArgs,
  type ControlPlaneName,
  kubeconfigPath,
  type LabBase,
  startApiServer,
  startControllers,
} from './control-plane.ts';
import { startProcess } from './lab-process.ts';
import { buildProgram, sourcesOf } from './programs.ts';

/** Name of a member cluster of the lab. */
export type MemberName = Exclude<ControlPlaneName, 'hub'>;

/** The member clusters of a lab. */
export const memberNames: readonly MemberName[] = ['member-1', 'member-2', 'member-3'];

/** Starts a member cluster: API server, all controllers, scheduler, and nodes whose pods run at once. */
export async function startMember(base: LabBase, name: MemberName): Promise<Api> {
  const { layout, report } = base;
  const api = await startApiServer(base, name);
  // Simulated nodes miss heartbeats on a busy machine, and nothing would repair the pods that this controller then marks.
  await startControllers(base, name, '*,-node-lifecycle-controller');
  const config = kubeconfigPath(layout, name);
  const scheduler = { kubeconfig: config, 'secure-port': 0, 'leader-elect': false };
  startProcess(layout.folder, {
    name: `${name}-scheduler`,
    command: await buildProgram('kube-scheduler', report),
    args: asArgs(scheduler),
  });
  const nodes = {
    kubeconfig: config,
    'manage-all-nodes': true,
    'server-address': `127.0.0.1:${layout.port(`kwok-${name}`)}`,
    config: join(layout.folder, 'stages.yaml'),
  };
  startProcess(layout.folder, {
    name: `${name}-nodes`,
    command: await buildProgram('kwok', report),
    args: asArgs(nodes),
  });
  for (const node of ['node-1', 'node-2']) await api.apply(simulatedNode(node));
  return api;
}

/** Returns what kwok does with nodes and pods, from its own sources: both are ready at once. */
export async function simulatedStages(): Promise<string> {
  const folder = join(await sourcesOf('kwok'), 'kustomize', 'stage');
  const files = ['node/fast/node-initialize.yaml', 'node/heartbeat-with-lease/node-heartbeat-with-lease.yaml'];
  const pods = ['pod-ready', 'pod-complete', 'pod-delete'].map((stage) => `pod/fast/${stage}.yaml`);
  return [...files, ...pods].map((file) => readFileSync(join(folder, file), 'utf8')).join('\n---\n');
}

function simulatedNode(name: string): KubeObject {
  const room = { cpu: '256', memory: '1Ti', pods: '2000' };
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name, labels: { 'kubernetes.io/os': 'linux', 'kubernetes.io/arch': 'amd64' } },
    status: { allocatable: room, capacity: room },
  };
}
