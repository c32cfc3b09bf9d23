import { spawn } from 'node:child_process';
import { globSync } from 'node:fs';
import { join } from 'node:path';
import { startLab } from '../lab.ts';
import { claimFreeLab, type LabLayout } from '../layout.ts';
import { removeLab, stopProcesses } from '../stop-lab.ts';
import { labVariable } from './running-lab.ts';

/** Runs the end-to-end tests: all, on labs that it starts and takes down again, or the files named on one lab. */
const started = Date.now();
const report = (line: string) => console.log(`# ${Math.round((Date.now() - started) / 1000)} s: ${line}`);
const named = process.argv.slice(2);
const passed = named.length > 0 ? await onLab((layout) => runTests(named, 3, layout)) : await runAll();
process.exitCode = passed ? 0 : 1;

/**
 * On one lab, side by side the files that only use it. On a fresh one, for what they leave behind keeps a hub busy for
 * minutes, those that break parts of it one at a time, then those that mostly wait or leave a crowd of clusters behind. At
 * last the files that start a lab of their own: more labs at once than cores make what is slow by design look broken.
 */
async function runAll(): Promise<boolean> {
  const shared = await onLab((layout) => runTests(testFiles('shared'), 3, layout));
  const alone = await onLab(async (layout) => {
    const breaking = await runTests(testFiles('breaking'), 1, layout);
    return (await runTests(testFiles('waiting'), 2, layout)) && breaking;
  });
  return (await runTests(testFiles('own-lab'), 2)) && shared && alone;
}

/** Starts a lab, runs tests on it, and takes it down; what it logged stays when a test failed. */
async function onLab(run: (layout: LabLayout) => Promise<boolean>): Promise<boolean> {
  const layout = await claimFreeLab();
  process.once('SIGINT', () => void stopProcesses(layout).then(() => process.exit(130)));
  let succeeded = false;
  try {
    await startLab(layout, report);
    succeeded = await run(layout);
  } finally {
    await stopProcesses(layout);
    if (succeeded) removeLab(layout);
    else report(`the logs are in ${join(layout.folder, 'log')} until npm run lab:down`);
  }
  return succeeded;
}

function testFiles(folder: string): readonly string[] {
  return globSync(join(import.meta.dirname, folder, '*.e2e.ts')).sort();
}

/** Runs test files, a given number of them side by side. */
function runTests(files: readonly string[], concurrency: number, layout?: LabLayout): Promise<boolean> {
  const lab = layout === undefined ? {} : { [labVariable]: String(layout.instance) };
  const args = ['--test', '--test-reporter=spec', `--test-concurrency=${concurrency}`, ...files];
  const child = spawn(process.execPath, args, { stdio: 'inherit', env: { ...process.env, ...lab } });
  return new Promise((resolve) => child.on('exit', (code) => resolve(code === 0)));
}
