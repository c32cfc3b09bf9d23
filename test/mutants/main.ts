import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { putFault } from './apply-mutant.ts';
import { growMutants } from './grow-mutants.ts';
import { identityMutants } from './identity-mutants.ts';
import type { Judge, Mutant } from './mutant.ts';
import { peopleMutants } from './people-mutants.ts';
import { roomMutants } from './room-mutants.ts';
import { waveMutants } from './wave-mutants.ts';

/** Puts each fault into a copy of the repository and sees that its judge notices; arguments choose faults by a part of their names. */
const root = join(import.meta.dirname, '../..');
const copied = new Set(['functions', 'cli', 'test', 'xrds', 'compositions', 'package', 'examples', 'package.json']);
const wanted = process.argv.slice(2);
const mutants = [...waveMutants, ...peopleMutants, ...roomMutants, ...growMutants, ...identityMutants].filter(
  ({ what }) => wanted.length === 0 || wanted.some((part) => what.includes(part)),
);
/** A fault may let a rollout go on for ever. */
const mostMs = 300_000;
const unnoticed: string[] = [];
const queue = mutants.values();
await Promise.all([work(), work()]);
console.log(`${mutants.length - unnoticed.length} of ${mutants.length} faults were noticed`);
if (unnoticed.length > 0) {
  console.log(`Not noticed:\n  ${unnoticed.join('\n  ')}`);
  process.exitCode = 1;
}

async function work(): Promise<void> {
  for (const mutant of queue) {
    const begun = Date.now();
    const isNoticed = await isCaught(mutant);
    const seconds = Math.round((Date.now() - begun) / 1000);
    console.log(`${isNoticed ? 'noticed  ' : 'UNNOTICED'} ${String(seconds).padStart(4)} s  ${mutant.what}`);
    if (!isNoticed) unnoticed.push(mutant.what);
  }
}

async function isCaught(mutant: Mutant): Promise<boolean> {
  const copy = mkdtempSync(join(tmpdir(), 'crossply-mutant-'));
  try {
    for (const name of readdirSync(root)) {
      if (copied.has(name)) cpSync(join(root, name), join(copy, name), { recursive: true });
    }
    symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
    putFault(copy, mutant);
    return !(await passes(copy, mutant.judge));
  } finally {
    rmSync(copy, { recursive: true });
  }
}

/** A judge whose tests cannot be found has noticed nothing; one that does not come to an end has. */
async function passes(folder: string, { file, tests }: Judge): Promise<boolean> {
  const args = ['--test', '--test-reporter=tap', `--test-name-pattern=${tests}`, file];
  const child = spawn(process.execPath, args, { cwd: folder, stdio: ['ignore', 'pipe', 'ignore'], timeout: mostMs });
  const chunks: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
  const [code] = await once(child, 'close');
  if (child.killed) return false;
  const failed = /^# fail (\d+)$/m.exec(Buffer.concat(chunks).toString())?.[1] ?? '0';
  return code === 0 || failed === '0';
}
