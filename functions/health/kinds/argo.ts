import { byConditions, byPhase, withoutHealth } from '../common-rules.ts';
import type { HealthRule } from '../health-rule.ts';
import { allOf, anyOf, fieldIs, isTrue, not } from '../signs.ts';

const group = 'argoproj.io';
const misspelt = anyOf(isTrue('SpecError'), isTrue('SubmissionError'));

/** Argo Rollouts, Workflows, Events and CD. A Rollout that was aborted says Degraded; an Application says so of pods that may recover. */
export const argo: readonly HealthRule[] = [
  ...byPhase(
    group,
    ['Rollout'],
    'status.phase',
    { healthy: ['Healthy'], failed: ['Degraded'] },
    {
      tells: ['status.message'],
      pods: { replicas: 'spec.replicas' },
    },
  ),
  ...byPhase(
    group,
    ['AnalysisRun', 'Experiment'],
    'status.phase',
    { healthy: ['Successful'], failed: ['Failed', 'Error'] },
    {
      tells: ['status.message'],
    },
  ),
  ...byPhase(
    group,
    ['Workflow'],
    'status.phase',
    { healthy: ['Succeeded'], failed: ['Failed', 'Error'] },
    {
      tells: ['status.message'],
    },
  ),
  {
    ...{ group, kind: 'CronWorkflow', tells: ['!SpecError', '!SubmissionError'] },
    ...{ healthy: not(misspelt), failed: misspelt, healthyStatus: () => ({}) },
  },
  {
    ...{ group, kind: 'Application' },
    healthy: allOf(fieldIs('status.health.status', 'Healthy'), fieldIs('status.sync.status', 'Synced')),
    tells: ['status.health.message', 'status.operationState.message', 'status.health.status', 'status.sync.status'],
    healthyStatus: () => ({ health: { status: 'Healthy' }, sync: { status: 'Synced' } }),
  },
  ...byConditions(group, ['ApplicationSet'], ['ResourcesUpToDate'], {
    healthy: allOf(isTrue('ResourcesUpToDate'), not(isTrue('ErrorOccurred'))),
    tells: ['!ErrorOccurred', 'ResourcesUpToDate'],
  }),
  ...byConditions(group, ['EventBus'], ['Deployed']),
  ...withoutHealth(group, [
    ...['AppProject', 'AnalysisTemplate', 'ClusterAnalysisTemplate'],
    ...['WorkflowTemplate', 'ClusterWorkflowTemplate'],
  ]),
];
