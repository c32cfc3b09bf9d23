import { relative } from 'node:path';
import { kubeconfigPath } from './control-plane.ts';
import type { LabLayout } from './layout.ts';
import { memberNames } from './member.ts';

/** Returns what to look at in a lab that has just started. */
export function whatToTry(layout: LabLayout, empty: boolean): string {
  const file = (name: string) => relative('.', kubeconfigPath(layout, name));
  const boutique = `
  kubectl get apps,computenamespaces,tiers,clustersets -A
  kubectl get assignmentslices -A                                  # what runs where
  kubectl -n boutique-prod get app boutique -o yaml                # why there, and how far it is
  kubectl -n boutique-prod delete app boutique                     # refused: it is protected
  kubectl --kubeconfig ${file('member-1')} -n boutique-prod-shop get deployments
`;
  const own = `
  kubectl apply -f YOUR-PLATFORM.yaml                              # the hub has no clusters yet: examples/ shows how
`;
  return `
The hub and ${memberNames.length} members run until npm run lab:down -- --instance ${layout.instance}. To look at them:

  export KUBECONFIG=${file('hub')}${empty ? own : boutique}
Members: ${memberNames.map(file).join(', ')}
`;
}
