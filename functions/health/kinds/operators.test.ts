import { testFamily, withCondition, withConditions } from '../health-cases.ts';
import { argo } from './argo.ts';
import { certManager } from './cert-manager.ts';
import { crossplane } from './crossplane.ts';
import { flux } from './flux.ts';

testFamily(
  'cert-manager',
  certManager,
  [
    ...(['cert-manager.io/v1', 'Certificate'] as const),
    ['ready', { status: withCondition('Ready', 'True', { observedGeneration: 2 }) }, 'Healthy'],
    ['ready as it was before', { status: withCondition('Ready', 'True', { observedGeneration: 1 }) }, 'Progressing'],
    [
      'issuing',
      { status: withCondition('Ready', 'False', { message: 'Issuing certificate as Secret does not exist' }) },
      'Progressing',
      'Issuing certificate as Secret does not exist',
    ],
  ],
  [
    ...(['cert-manager.io/v1', 'CertificateRequest'] as const),
    [
      'denied',
      { status: withCondition('Denied', 'True', { message: 'not allowed here' }) },
      'Failed',
      'not allowed here',
    ],
  ],
  [
    ...(['acme.cert-manager.io/v1', 'Order'] as const),
    ['invalid', { status: { state: 'invalid', reason: 'challenge failed' } }, 'Failed', 'challenge failed'],
  ],
);

testFamily(
  'Crossplane',
  crossplane,
  [
    ...(['pkg.crossplane.io/v1', 'Provider'] as const),
    ['installed and healthy', { status: withConditions('Installed', 'Healthy') }, 'Healthy'],
    ['not healthy', { status: withConditions('Installed', '!Healthy') }, 'Progressing', 'Healthy is False'],
  ],
  [
    ...(['s3.aws.m.upbound.io/v1beta1', 'Bucket'] as const),
    ['ready and synced', { status: withConditions('Ready', 'Synced') }, 'Healthy'],
    [
      'ready, and its last change was refused',
      { status: withConditions('Ready', '!Synced') },
      'Progressing',
      'Synced is False',
    ],
  ],
  [
    ...(['protection.crossplane.io/v1beta1', 'Usage'] as const),
    ['ready', { status: withConditions('Ready') }, 'Healthy'],
  ],
);

testFamily(
  'Flux',
  flux,
  [
    ...(['kustomize.toolkit.fluxcd.io/v1', 'Kustomization'] as const),
    ['ready', { status: withConditions('Ready') }, 'Healthy'],
    ['reconciling', { status: withConditions('Ready', 'Reconciling') }, 'Progressing', 'Reconciling is True'],
    [
      'stalled',
      { status: withCondition('Stalled', 'True', { message: 'path not found' }) },
      'Failed',
      'path not found',
    ],
    [
      'stalled as it was before',
      { status: withCondition('Stalled', 'True', { observedGeneration: 1 }) },
      'Progressing',
    ],
  ],
  [
    ...(['source.toolkit.fluxcd.io/v1', 'HelmRepository'] as const),
    ['of type oci', { spec: { type: 'oci' } }, 'Healthy'],
    ['not of type oci', { spec: {} }, 'Progressing'],
  ],
);

testFamily(
  'Argo',
  argo,
  [
    ...(['argoproj.io/v1alpha1', 'Rollout'] as const),
    ['healthy, the generation written as text', { status: { phase: 'Healthy', observedGeneration: '2' } }, 'Healthy'],
    ['healthy as it was before', { status: { phase: 'Healthy', observedGeneration: '1' } }, 'Progressing'],
    ['degraded', { status: { phase: 'Degraded', message: 'RolloutAborted' } }, 'Failed', 'RolloutAborted'],
    ['degraded as it was before', { status: { phase: 'Degraded', observedGeneration: '1' } }, 'Progressing'],
    ['paused', { status: { phase: 'Paused', message: 'CanaryPauseStep' } }, 'Progressing', 'CanaryPauseStep'],
  ],
  [
    ...(['argoproj.io/v1alpha1', 'Workflow'] as const),
    ['failed', { status: { phase: 'Failed', message: 'child failed' } }, 'Failed', 'child failed'],
  ],
  [
    ...(['argoproj.io/v1alpha1', 'CronWorkflow'] as const),
    ['before its first run', {}, 'Healthy'],
    ['misspelt', { status: withCondition('SpecError', 'True', { message: 'bad schedule' }) }, 'Failed', 'bad schedule'],
  ],
  [
    ...(['argoproj.io/v1alpha1', 'Application'] as const),
    [
      'healthy and out of sync',
      { status: { health: { status: 'Healthy' }, sync: { status: 'OutOfSync' } } },
      'Progressing',
      'health.status is Healthy',
    ],
    [
      'degraded may recover',
      { status: { health: { status: 'Degraded' }, sync: { status: 'Synced' } } },
      'Progressing',
      'health.status is Degraded',
    ],
  ],
);
