import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { kubeconfigPath, type LabBase } from './control-plane.ts';
import { buildProgram } from './programs.ts';

/** Returns what kubectl prints when it speaks with the hub; throws with what it says when it fails. */
export async function kubectl({ layout }: LabBase, ...args: readonly string[]): Promise<string> {
  const program = await buildProgram('kubectl');
  const { stdout } = await promisify(execFile)(program, ['--kubeconfig', kubeconfigPath(layout, 'hub'), ...args]);
  return stdout;
}
