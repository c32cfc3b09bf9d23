import type { KubeObject } from '../kube/object.ts';
import type { Problem } from '../kube/problem.ts';
import type { AppPart } from './app-part.ts';
import { autoscaler } from './autoscaler.ts';
import { checkContainers } from './check-containers.ts';
import { checkNames } from './check-names.ts';
import { checkConfigFiles, configMaps } from './config-files.ts';
import { disruptionBudget } from './disruption-budget.ts';
import { checkHttpRoute, httpRoute } from './http-route.ts';
import { checkIngress, ingress } from './ingress.ts';
import { checkLabels } from './labels.ts';
import { checkPod } from './pod-template.ts';
import { checkService, service } from './service.ts';
import { checkKindFields, workload } from './workload.ts';

const single = [workload, service, ingress, httpRoute, autoscaler, disruptionBudget] as const;

const checks = [
  checkKindFields,
  checkLabels,
  checkPod,
  checkNames,
  checkContainers,
  checkConfigFiles,
  checkService,
  checkIngress,
  checkHttpRoute,
] as const;

/** Returns the objects of one component; their number depends only on its fields. */
export function renderComponent(part: AppPart): readonly KubeObject[] {
  return [...configMaps(part), ...single.flatMap((render) => render(part) ?? [])];
}

/** Returns everything that is wrong with one component beyond what its schema says. */
export function checkComponent(part: AppPart): readonly Problem[] {
  return checks.flatMap((check) => check(part));
}
