import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { crossplaneCli } from '../../package/crossplane-cli.ts';
import { kubeconfigPath, type LabBase } from './control-plane.ts';

/** Runs Crossplane's command-line tool on the hub, as people do; throws with what it says when it fails. */
export async function crossplaneTool({ layout, report }: LabBase, ...args: readonly string[]): Promise<void> {
  const environment = { ...process.env, KUBECONFIG: kubeconfigPath(layout, 'hub') };
  await promisify(execFile)(await crossplaneCli(report), args, { env: environment });
}
