import { byPhase } from '../common-rules.ts';
import type { HealthRule } from '../health-rule.ts';
import { allOf, anyOf, fieldIs, isTrue } from '../signs.ts';

const halted = anyOf(fieldIs('spec.runStrategy', 'Halted'), fieldIs('spec.running', false));

/** KubeVirt: a machine that is to be halted is well when it has stopped. */
export const kubevirt: readonly HealthRule[] = [
  {
    ...{ group: 'kubevirt.io', kind: 'VirtualMachine', pods: {} },
    healthy: anyOf(isTrue('Ready'), allOf(halted, fieldIs('status.printableStatus', 'Stopped'))),
    tells: ['!Failure', 'Ready', 'status.printableStatus'],
    healthyStatus: () => ({
      printableStatus: 'Running',
      conditions: [{ type: 'Ready', status: 'True', reason: 'Ready' }],
    }),
  },
  {
    ...{ group: 'kubevirt.io', kind: 'VirtualMachineInstance', pods: {} },
    healthy: anyOf(fieldIs('status.phase', 'Succeeded'), allOf(fieldIs('status.phase', 'Running'), isTrue('Ready'))),
    failed: fieldIs('status.phase', 'Failed'),
    tells: ['Ready', 'status.reason', 'status.phase'],
    healthyStatus: () => ({ phase: 'Running', conditions: [{ type: 'Ready', status: 'True', reason: 'Ready' }] }),
  },
  ...byPhase('kubevirt.io', ['VirtualMachineInstanceMigration'], 'status.phase', {
    healthy: ['Succeeded'],
    failed: ['Failed'],
  }),
  ...byPhase('kubevirt.io', ['KubeVirt'], 'status.phase', { healthy: ['Deployed'] }),
  ...byPhase(
    'cdi.kubevirt.io',
    ['DataVolume'],
    'status.phase',
    { healthy: ['Succeeded'], failed: ['Failed'] },
    {
      tells: ['Running', 'Ready'],
    },
  ),
];
