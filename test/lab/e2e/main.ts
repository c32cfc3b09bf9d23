import { spawn } from 'node:child_process';
import { globSync } from 'node:fs';
import { join } from 'node:path';
import { startLab } from '../lab.ts';
import { freeLabLayout } from '../layout.ts';
import { removeLab, stopProcesses } from '../stop-lab.ts';
import { labVariable } from './shared-lab.ts';

/** Starts a lab, runs the end-to-end tests on it (all, or the files named), and takes the lab down again. */
const started = Date.now();
const report = (line: string) => console.log(`# ${Math.round((Date.now() - started) / 1000)} s: ${line}`);

const layout = await freeLabLayout();
process.once('SIGINT', () => void stopProcesses(layout).then(() => process.exit(130)));
let failed = true;
try {
  await startLab(layout, report);
  failed = !(await runPhases(process.argv.slice(2)));
} finally {
  await stopProcesses(layout);
  if (failed) report(`the logs are in ${join(layout.folder, 'log')} until npm run lab:down`);
  else removeLab(layout);
}
process.exitCode = failed ? 1 : 0;

/**
 * Runs the files named, or all: side by side those that only use the lab, one at a time those that break parts of it, and
 * at last those that mostly wait, have a lab of their own or leave a crowd of clusters behind.
 */
async function runPhases(named: readonly string[]): Promise<boolean> {
  if (named.length > 0) return runTests(named, 3);
  const shared = await runTests(testFiles('shared'), 3);
  const breaking = await runTests(testFiles('breaking'), 1);
  return (await runTests(testFiles('waiting'), 3)) && shared && breaking;
}

function testFiles(folder: string): readonly string[] {
  return globSync(join(import.meta.dirname, folder, '*.e2e.ts')).sort();
}

function runTests(files: readonly string[], concurrency: number): Promise<boolean> {
  const environment = { ...process.env, [labVariable]: String(layout.instance) };
  const args = ['--test', `--test-concurrency=${concurrency}`, ...files];
  const child = spawn(process.execPath, args, { stdio: 'inherit', env: environment });
  return new Promise((resolve) => child.on('exit', (code) => resolve(code === 0)));
}
