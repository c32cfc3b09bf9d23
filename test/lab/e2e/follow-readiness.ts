import { KubeConfig, Watch } from '@kubernetes/client-node';
import { findCondition, type KubeObject } from '../../../functions/kube/object.ts';
import { kubeconfigPath } from '../control-plane.ts';
import type { Lab } from '../lab.ts';

/** What has been seen of the Ready condition of Apps. */
export interface Readiness {
  /** Ends the watch and returns the Apps, as namespace/name, that were Ready and then were not. */
  stop(): readonly string[];
}

/** Watches the Apps of some namespaces of the hub. */
export async function followReadiness({ layout }: Lab, namespaces: readonly string[]): Promise<Readiness> {
  const ready = new Set<string>();
  const wentBack = new Set<string>();
  const look = (_type: string, app: KubeObject) => {
    const { name = '', namespace = '' } = app.metadata;
    if (!namespaces.includes(namespace)) return;
    const key = `${namespace}/${name}`;
    if (findCondition(app, 'Ready')?.status === 'True') ready.add(key);
    else if (ready.has(key)) wentBack.add(key);
  };
  const config = new KubeConfig();
  config.loadFromFile(kubeconfigPath(layout, 'hub'));
  const watch = await new Watch(config).watch('/apis/crossply.dev/v1alpha1/apps', {}, look, () => {});
  return {
    stop() {
      watch.abort();
      return [...wentBack];
    },
  };
}
