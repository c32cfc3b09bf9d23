import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { KubeConfig } from '@kubernetes/client-node';
import type { Checked, Problem } from '../../functions/kube/problem.ts';
import { didYouMean } from '../../functions/kube/schema-suggestion.ts';

/** Which kubeconfig, and which context of it. */
export interface KubeconfigFlags {
  readonly kubeconfig?: string | undefined;
  readonly context?: string | undefined;
}

/** Returns the kubeconfig that the flags name, or else the one that kubectl would take, with the wanted context; or what is wrong with them. */
export async function readKubeconfig({ kubeconfig, context }: KubeconfigFlags): Promise<Checked<KubeConfig>> {
  const fromEnvironment = process.env['KUBECONFIG'] ?? '';
  const hint = 'give --kubeconfig FILE, or --filename PATH to look at a folder without a hub';
  if (kubeconfig !== undefined && !existsSync(kubeconfig))
    return wrong('--kubeconfig', `there is no file ${kubeconfig}`);
  if (kubeconfig === undefined && fromEnvironment === '' && !existsSync(join(homedir(), '.kube', 'config')))
    return wrong('--kubeconfig', 'KUBECONFIG is not set and there is no ~/.kube/config', hint);
  const { KubeConfig: Config } = await import('@kubernetes/client-node');
  const config = new Config();
  try {
    if (kubeconfig === undefined) config.loadFromDefault();
    else config.loadFromFile(kubeconfig);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return wrong('--kubeconfig', `${kubeconfig ?? (fromEnvironment || '~/.kube/config')} cannot be read: ${why}`, hint);
  }
  const names = config.getContexts().map(({ name }) => name);
  const wanted = context ?? config.getCurrentContext();
  if (!names.includes(wanted)) {
    const meant = didYouMean(wanted, names) ?? `there are ${names.join(', ') || 'none'}`;
    const what = wanted === '' ? 'the kubeconfig has no current context' : `there is no context "${wanted}"`;
    return wrong('--context', what, meant);
  }
  config.setCurrentContext(wanted);
  if (config.getCurrentCluster() === null)
    return wrong('--context', `context "${wanted}" names a cluster that the kubeconfig has not`);
  return { value: config };
}

function wrong(path: string, message: string, hint?: string): { readonly problems: readonly Problem[] } {
  return { problems: [hint === undefined ? { path, message } : { path, message, hint }] };
}
