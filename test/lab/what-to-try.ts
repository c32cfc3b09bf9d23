import { join, relative } from 'node:path';
import { kubeconfigPath } from './control-plane.ts';
import { clusterKubeconfigPath } from './examples.ts';
import type { LabLayout } from './layout.ts';
import { memberNames } from './member.ts';

/** Returns what to look at in a lab that has just started. */
export function whatToTry(layout: LabLayout, isEmpty: boolean): string {
  const file = (name: string) => relative('.', kubeconfigPath(layout, name));
  const storefront = relative('.', clusterKubeconfigPath(layout, 'eu-1'));
  const shop = `
  kubectl get apps,computenamespaces,tiers,clustersets -A
  kubectl get assignmentslices -A                  # what runs where
  kubectl -n shop get app shop -o yaml             # why there, and how far it is
  kubectl -n shop edit app shop                    # change an image: it goes to two clusters at a time
  kubectl -n shop delete app shop                  # refused: it is protected
  kubectl --kubeconfig ${storefront} -n shop-live get deployments
`;
  const own = `
  kubectl apply -f YOUR-PLATFORM.yaml              # the hub has no clusters yet; examples/shop shows how
`;
  return `
The hub and its members run until npm run lab:down -- --instance ${layout.instance}. To look at them:

  export KUBECONFIG=${file('hub')} PATH=$PWD/${relative('.', join(layout.folder, 'bin'))}:$PATH${isEmpty ? own : shop}
Members: ${memberNames.map(file).join(', ')}
`;
}
