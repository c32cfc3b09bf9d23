import { testFamily, withCondition, withConditions } from '../health-cases.ts';
import { apiMachinery } from './api-machinery.ts';

testFamily(
  'API machinery',
  apiMachinery,
  [
    ...(['apiextensions.k8s.io/v1', 'CustomResourceDefinition'] as const),
    ['established', { status: withConditions('NamesAccepted', 'Established') }, 'Healthy'],
    [
      'not yet',
      { status: withCondition('Established', 'False', { reason: 'Installing' }) },
      'Progressing',
      'Established is False: Installing',
    ],
    [
      'its names are taken',
      { status: withCondition('NamesAccepted', 'False', { message: '"things" is already in use' }) },
      'Failed',
      '"things" is already in use',
    ],
  ],
  [
    ...(['apiregistration.k8s.io/v1', 'APIService'] as const),
    ['available', { status: withConditions('Available') }, 'Healthy'],
    [
      'unavailable',
      { status: withCondition('Available', 'False', { message: 'endpoints not found' }) },
      'Progressing',
      'endpoints not found',
    ],
  ],
  [
    ...(['v1', 'Namespace'] as const),
    ['active', { status: { phase: 'Active' } }, 'Healthy'],
    ['terminating', { status: { phase: 'Terminating' } }, 'Progressing', 'phase is Terminating'],
  ],
  [
    ...(['policy/v1', 'PodDisruptionBudget'] as const),
    [
      'too few pods are no fault of its own',
      { status: withCondition('DisruptionAllowed', 'False', { reason: 'InsufficientPods' }) },
      'Healthy',
    ],
    [
      'its selector fits nothing that can be scaled',
      {
        status: withCondition('DisruptionAllowed', 'False', { reason: 'SyncFailed', message: 'no controllers found' }),
      },
      'Progressing',
      'no controllers found',
    ],
  ],
  [...(['v1', 'ConfigMap'] as const), ['applied', {}, 'Healthy']],
);
