import { rmSync } from 'node:fs';
import { recordedProcesses, stopProcess } from './lab-process.ts';
import type { LabLayout } from './layout.ts';

/** Stops every process that a lab has started, those first that would start others again, and returns how many there were. */
export async function stopProcesses({ folder }: LabLayout): Promise<number> {
  const names = recordedProcesses(folder);
  const order = ['package-runtime', 'core', 'provider-kubernetes'];
  const last = ['etcd', 'kine', 'postgres'];
  const middle = names.filter((name) => !order.includes(name) && !last.includes(name));
  for (const name of order.filter((each) => names.includes(each))) await stopProcess(folder, name);
  await Promise.all(middle.map((name) => stopProcess(folder, name)));
  for (const name of last.filter((each) => names.includes(each))) await stopProcess(folder, name);
  return names.length;
}

/** Removes all files of a lab. */
export function removeLab({ folder }: LabLayout): void {
  rmSync(folder, { recursive: true, force: true });
}
