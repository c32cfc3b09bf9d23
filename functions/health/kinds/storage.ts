import { byPhase, withoutHealth } from '../common-rules.ts';
import type { HealthRule } from '../health-rule.ts';
import { allOf, anyOf, fieldIs, has, not } from '../signs.ts';

/** The controller of volumes writes who provisions a claim once it should be: at once, or when a pod that uses it has a node (StorageClass.volumeBindingMode). */
const isProvisioned = anyOf(
  ...['volume.kubernetes.io/storage-provisioner', 'volume.beta.kubernetes.io/storage-provisioner'].map((name) =>
    allOf(has('metadata.annotations'), `"${name}" in object.metadata.annotations`),
  ),
);

/** Volumes, snapshots and Rook's Ceph. */
export const storage: readonly HealthRule[] = [
  ...byPhase(
    '',
    ['PersistentVolumeClaim'],
    'status.phase',
    { healthy: ['Bound'], failed: ['Lost'] },
    {
      silence: {
        sign: allOf(fieldIs('status.phase', 'Pending'), not(isProvisioned)),
        words: 'is not bound, and nothing provisions it: it may wait for the first pod that uses it',
      },
    },
  ),
  ...byPhase(
    '',
    ['PersistentVolume'],
    'status.phase',
    { healthy: ['Bound', 'Available', 'Released'], failed: ['Failed'] },
    {
      tells: ['status.message'],
    },
  ),
  ...['VolumeSnapshot', 'VolumeSnapshotContent'].map((kind) => ({
    ...{ group: 'snapshot.storage.k8s.io', kind, tells: ['status.error.message'] },
    healthy: fieldIs('status.readyToUse', true),
    healthyStatus: () => ({ readyToUse: true }),
  })),
  ...withoutHealth('snapshot.storage.k8s.io', ['VolumeSnapshotClass']),
  ...withoutHealth('storage.k8s.io', [
    'StorageClass',
    'CSIDriver',
    'CSINode',
    'CSIStorageCapacity',
    'VolumeAttachment',
    'VolumeAttributesClass',
  ]),
  {
    ...{ group: 'ceph.rook.io', kind: 'CephCluster', tells: ['status.message', 'status.ceph.health', 'status.state'] },
    healthy: fieldIs('status.ceph.health', 'HEALTH_OK'),
    healthyStatus: () => ({ ceph: { health: 'HEALTH_OK' }, state: 'Created' }),
  },
  ...byPhase('ceph.rook.io', ['CephObjectStore'], 'status.phase', { healthy: ['Ready'] }),
  ...byPhase('minio.min.io', ['Tenant'], 'status.currentState', {
    healthy: ['Initialized'],
    failed: [
      ...['Statefulset not controlled by operator', 'Another MinIO Tenant already exists in the namespace'],
      ...['Tenant credentials are not set properly', 'Different versions across MinIO Pools'],
      'Pool Decommissioning Not Allowed',
    ],
  }),
];
