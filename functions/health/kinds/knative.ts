import { byConditions } from '../common-rules.ts';
import type { HealthRule } from '../health-rule.ts';

/** Knative Serving and what is built on it. */
export const knative: readonly HealthRule[] = [
  ...byConditions('serving.knative.dev', ['Service', 'Revision'], ['Ready'], { pods: {} }),
  ...byConditions('serving.knative.dev', ['Configuration', 'Route']),
  ...byConditions('operator.knative.dev', ['KnativeServing', 'KnativeEventing'], ['Ready'], {
    tells: ['InstallSucceeded', 'DependenciesInstalled', 'DeploymentsAvailable', 'Ready'],
  }),
  ...byConditions('serving.kserve.io', ['InferenceService'], ['Ready'], {
    tells: ['PredictorReady', 'Ready'],
    pods: {},
  }),
];
