import type { Family } from './family.ts';
import { k8sLabelSelector } from './k8s-label-selector.ts';
import { k8sQuantity } from './k8s-quantity.ts';
import { karmadaDivision } from './karmada-division.ts';
import { karmadaWebster } from './karmada-webster.ts';
import { kubefleetPlacement } from './kubefleet-placement.ts';
import { kubefleetRollout } from './kubefleet-rollout.ts';
import { kubefleetUpdaterun } from './kubefleet-updaterun.ts';
import { ocmPlacement } from './ocm-placement.ts';
import { ocmRollout } from './ocm-rollout.ts';

/** The families whose tables can be run. */
export const families: readonly Family[] = [
  k8sLabelSelector,
  k8sQuantity,
  karmadaDivision,
  karmadaWebster,
  kubefleetPlacement,
  kubefleetRollout,
  kubefleetUpdaterun,
  ocmPlacement,
  ocmRollout,
];
