import { after, test } from 'node:test';
import { advisedCore } from '../../crossplane.ts';
import { startLab } from '../../lab.ts';
import { claimFreeLab } from '../../layout.ts';
import { removeLab, stopProcesses } from '../../stop-lab.ts';
import { smoke } from '../smoke.ts';

const layout = await claimFreeLab();

after(async () => {
  await stopProcesses(layout);
  removeLab(layout);
});

test('a hub on PostgreSQL behind kine works like one on etcd', async () => {
  await smoke(await startLab(layout, () => {}, { store: 'kine', core: advisedCore }));
});
