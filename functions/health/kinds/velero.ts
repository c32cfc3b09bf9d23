import { byPhase } from '../common-rules.ts';
import type { HealthRule } from '../health-rule.ts';

const group = 'velero.io';
const phase = 'status.phase';

/** Velero: a backup that is not whole has failed. */
export const velero: readonly HealthRule[] = [
  ...byPhase(
    group,
    ['Backup', 'Restore'],
    phase,
    { healthy: ['Completed'], failed: ['Failed', 'PartiallyFailed', 'FailedValidation'] },
    { tells: ['status.failureReason', 'status.validationErrors'] },
  ),
  ...byPhase(
    group,
    ['Schedule'],
    phase,
    { healthy: ['Enabled'], failed: ['FailedValidation'] },
    {
      tells: ['status.validationErrors'],
    },
  ),
  ...byPhase(group, ['BackupStorageLocation'], phase, { healthy: ['Available'] }, { tells: ['status.message'] }),
  ...byPhase(group, ['BackupRepository'], phase, { healthy: ['Ready'] }, { tells: ['status.message'] }),
];
