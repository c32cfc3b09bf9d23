import { testFamily, withCondition, withConditions } from '../health-cases.ts';
import { clusterApi } from './cluster-api.ts';
import { istio } from './istio.ts';
import { knative } from './knative.ts';
import { kubevirt } from './kubevirt.ts';
import { kueue } from './kueue.ts';
import { observability } from './observability.ts';
import { scaling } from './scaling.ts';
import { secrets } from './secrets.ts';
import { velero } from './velero.ts';

testFamily(
  'Kueue and batch',
  kueue,
  [
    ...(['kueue.x-k8s.io/v1beta2', 'ClusterQueue'] as const),
    [
      'inactive',
      { status: withCondition('Active', 'False', { message: 'flavor is missing' }) },
      'Progressing',
      'flavor is missing',
    ],
  ],
  [
    ...(['jobset.x-k8s.io/v1alpha2', 'JobSet'] as const),
    ['failed', { status: withConditions('Failed') }, 'Failed', 'Failed is True'],
  ],
);

testFamily(
  'KubeVirt',
  kubevirt,
  [
    ...(['kubevirt.io/v1', 'VirtualMachine'] as const),
    ['running', { spec: { runStrategy: 'Always' }, status: withConditions('Ready') }, 'Healthy'],
    [
      'stopped, as it should be',
      { spec: { runStrategy: 'Halted' }, status: { printableStatus: 'Stopped' } },
      'Healthy',
    ],
    [
      'stopped, as it should not be',
      { spec: { runStrategy: 'Always' }, status: { printableStatus: 'Stopped' } },
      'Progressing',
      'printableStatus is Stopped',
    ],
  ],
  [
    ...(['kubevirt.io/v1', 'VirtualMachineInstance'] as const),
    ['failed', { status: { phase: 'Failed' } }, 'Failed', 'phase is Failed'],
  ],
);

testFamily('Knative', knative, [
  ...(['serving.knative.dev/v1', 'Service'] as const),
  [
    'not ready',
    { status: withCondition('Ready', 'False', { message: 'image not found' }) },
    'Progressing',
    'image not found',
  ],
]);

testFamily(
  'secrets',
  secrets,
  [
    ...(['external-secrets.io/v1', 'ExternalSecret'] as const),
    [
      'tried again',
      { status: withCondition('Ready', 'False', { message: 'could not get secret data' }) },
      'Progressing',
      'could not get secret data',
    ],
  ],
  [
    ...(['bitnami.com/v1alpha1', 'SealedSecret'] as const),
    [
      'no key opens it',
      { status: withCondition('Synced', 'False', { message: 'no key could decrypt secret' }) },
      'Failed',
      'no key could decrypt secret',
    ],
  ],
);

testFamily('Cluster API', clusterApi, [
  ...(['cluster.x-k8s.io/v1beta2', 'Cluster'] as const),
  ['provisioned and available', { status: { phase: 'Provisioned', ...withConditions('Available') } }, 'Healthy'],
  [
    'provisioned and not available',
    { status: { phase: 'Provisioned', ...withConditions('!Available') } },
    'Progressing',
    'Available is False',
  ],
  ['failed', { status: { phase: 'Failed' } }, 'Failed', 'phase is Failed'],
]);

testFamily(
  'scaling',
  scaling,
  [
    ...(['keda.sh/v1alpha1', 'ScaledObject'] as const),
    ['falls back', { status: withConditions('Ready', 'Fallback') }, 'Progressing', 'Fallback is True'],
  ],
  [...(['flagger.app/v1beta1', 'Canary'] as const), ['failed', { status: { phase: 'Failed' } }, 'Failed']],
);

testFamily(
  'Istio',
  istio,
  [
    ...(['networking.istio.io/v1', 'VirtualService'] as const),
    ['says nothing, as is usual', {}, 'Healthy'],
    [
      'is not everywhere yet',
      { status: withCondition('Reconciled', 'False', { message: '61/122 complete' }) },
      'Progressing',
      '61/122 complete',
    ],
  ],
  [
    ...(['sailoperator.io/v1', 'Istio'] as const),
    ['not ready', { status: withConditions('Reconciled', '!Ready') }, 'Progressing', 'Ready is False'],
  ],
);

testFamily(
  'observability',
  observability,
  [
    ...(['monitoring.coreos.com/v1', 'Prometheus'] as const),
    ['not reconciled', { status: withConditions('Available', '!Reconciled') }, 'Progressing', 'Reconciled is False'],
  ],
  [
    ...(['monitoring.coreos.com/v1', 'ServiceMonitor'] as const),
    ['says nothing, as is usual', {}, 'Healthy'],
    [
      'refused by a Prometheus',
      { status: { bindings: [withCondition('Accepted', 'False', { message: 'bad relabeling' })] } },
      'Progressing',
      'bad relabeling',
    ],
  ],
  [
    ...(['operator.victoriametrics.com/v1beta1', 'VMCluster'] as const),
    ['failed', { status: { updateStatus: 'failed', reason: 'no storage class' } }, 'Failed', 'no storage class'],
  ],
);

testFamily('Velero', velero, [
  ...(['velero.io/v1', 'Backup'] as const),
  ['whole', { status: { phase: 'Completed' } }, 'Healthy'],
  ['in part', { status: { phase: 'PartiallyFailed' } }, 'Failed', 'phase is PartiallyFailed'],
  [
    'not valid',
    { status: { phase: 'FailedValidation', validationErrors: ['no such location'] } },
    'Failed',
    'no such location',
  ],
]);
