import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { JsonObject } from '../../../functions/kube/json.ts';
import { kubectl } from '../kubectl.ts';
import type { Scenario } from './scenario.ts';

/** Creates an Approval as somebody; fails with what the API server says when it refuses. */
export async function createApproval(
  { lab, tenant }: Scenario,
  name: string,
  spec: JsonObject,
  user: string,
): Promise<void> {
  const approval = {
    apiVersion: 'crossply.dev/v1alpha1',
    kind: 'Approval',
    metadata: { name, namespace: tenant },
    spec,
  };
  const file = join(mkdtempSync(join(tmpdir(), 'crossply-approval-')), 'approval.json');
  writeFileSync(file, JSON.stringify(approval));
  await kubectl(lab, 'create', '-f', file, `--as=${user}`, '--as-group=system:masters');
}
