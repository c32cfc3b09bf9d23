import { testFamily } from '../health-cases.ts';
import { storage } from './storage.ts';

testFamily(
  'storage',
  storage,
  [
    ...(['v1', 'PersistentVolumeClaim'] as const),
    ['bound', { status: { phase: 'Bound' } }, 'Healthy'],
    ['waits for a pod that uses it', { status: { phase: 'Pending' } }, 'Silent'],
    [
      'is being provisioned',
      {
        metadata: { name: 'a', annotations: { 'volume.kubernetes.io/storage-provisioner': 'ebs.csi.aws.com' } },
        status: { phase: 'Pending' },
      },
      ...(['Progressing', 'phase is Pending'] as const),
    ],
    ['lost', { status: { phase: 'Lost' } }, 'Failed', 'phase is Lost'],
  ],
  [
    ...(['snapshot.storage.k8s.io/v1', 'VolumeSnapshot'] as const),
    ['to be used', { status: { readyToUse: true } }, 'Healthy'],
    [
      'an error is tried again',
      { status: { readyToUse: false, error: { message: 'driver is busy' } } },
      'Progressing',
      'driver is busy',
    ],
  ],
  [
    ...(['ceph.rook.io/v1', 'CephCluster'] as const),
    ['well', { status: { ceph: { health: 'HEALTH_OK' } } }, 'Healthy'],
    ['warning', { status: { ceph: { health: 'HEALTH_WARN' } } }, 'Progressing', 'ceph.health is HEALTH_WARN'],
  ],
  [
    ...(['minio.min.io/v2', 'Tenant'] as const),
    [
      'on its way',
      { status: { currentState: 'Provisioning Statefulset' } },
      'Progressing',
      'currentState is Provisioning Statefulset',
    ],
    ['stuck', { status: { currentState: 'Tenant credentials are not set properly' } }, 'Failed'],
  ],
);
