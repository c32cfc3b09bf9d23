import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Toleration } from '../generated/types.ts';
import { formatProblem } from '../kube/problem.ts';
import { checkTolerations } from './check-tolerations.ts';

const complaints = (...tolerations: readonly object[]) =>
  checkTolerations(tolerations as readonly Toleration[], 'spec.tolerations').map(formatProblem);

test('all that core/v1 takes is taken', () => {
  assert.deepEqual(
    complaints(
      { operator: 'Exists' },
      { key: 'gpu', operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 60 },
      { key: 'dedicated', value: 'batch' },
    ),
    [],
  );
});

test('what could never fit is refused, each with its place', () => {
  assert.deepEqual(
    complaints({ value: 'batch' }, { key: 'gpu', operator: 'Exists', value: 'a100' }, { key: 'x', effect: 'NoSelect' }),
    [
      'spec.tolerations[0].key: must be given with operator Equal; name the key of a taint, or use operator Exists to tolerate every taint',
      'spec.tolerations[1].value: must be left out with operator Exists (got "a100"); leave the value out, or use operator Equal',
      'spec.tolerations[2].effect: must be one of NoSchedule, PreferNoSchedule, NoExecute (got "NoSelect")',
    ],
  );
  assert.deepEqual(complaints({ operator: 'Lt' }), [
    'spec.tolerations[0].operator: must be one of Equal, Exists (got "Lt")',
  ]);
});
