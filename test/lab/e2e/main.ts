import { spawn } from 'node:child_process';
import { globSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { advisedCore, type CoreSettings } from '../crossplane.ts';
import { startLab } from '../lab.ts';
import { claimFreeLab, type LabLayout } from '../layout.ts';
import { removeLab, stopProcesses } from '../stop-lab.ts';
import { labVariable } from './running-lab.ts';

/** Runs test files and tells whether all passed. */
type Run = () => Promise<boolean>;

/** How many labs may run at once: with more labs than cores, what is slow by design looks broken. */
const labsAtOnce = 2;

/** Runs the end-to-end tests, all or the files named, on labs that it starts and takes down again. */
const started = Date.now();
const report = (line: string) => console.log(`# ${Math.round((Date.now() - started) / 1000)} s: ${line}`);
const named = process.argv.slice(2).map((file) => resolve(file));
const known = new Set(globSync(join(import.meta.dirname, '*', '*.e2e.ts')));
const unknown = named.filter((file) => !known.has(file));
if (unknown.length > 0) throw new Error(`no end-to-end test: ${unknown.join(', ')}`);
const running = new Set<LabLayout>();
process.once('SIGINT', () => void Promise.all([...running].map(stopProcesses)).then(() => process.exit(130)));

/**
 * Labs have the flags of core that large hubs are advised to have, so that no test waits minutes for an event that core has
 * dropped; what is about waiting, and the hub on PostgreSQL, has core's own. What breaks parts of a lab has it to itself.
 */
const phases: readonly Run[] = [
  () => runOnLab(advisedCore, filesIn('shared'), 3),
  () =>
    sideBySide([
      ...filesIn('own-lab').map((file) => () => runTests([file], 1)),
      ...filesIn('breaking').map((file) => () => runOnLab(advisedCore, [file], 1)),
    ]),
  () => runOnLab({}, filesIn('waiting'), 2),
];
for (const run of phases) if (!(await run())) process.exitCode = 1;

/** Returns the test files of a folder that are wanted. */
function filesIn(folder: string): readonly string[] {
  const files = globSync(join(import.meta.dirname, folder, '*.e2e.ts')).sort();
  return named.length === 0 ? files : files.filter((file) => named.includes(file));
}

async function sideBySide(runs: readonly Run[]): Promise<boolean> {
  const left = runs.values();
  const results: boolean[] = [];
  const worker = async () => {
    for (const run of left) results.push(await run());
  };
  await Promise.all(Array.from({ length: labsAtOnce }, worker));
  return results.every((passed) => passed);
}

/** Starts a lab, runs test files on it, and takes it down; what it logged stays when a test failed. */
async function runOnLab(core: CoreSettings, files: readonly string[], atOnce: number): Promise<boolean> {
  if (files.length === 0) return true;
  const layout = await claimFreeLab();
  running.add(layout);
  let succeeded = false;
  try {
    await startLab(layout, report, { core });
    succeeded = await runTests(files, atOnce, layout);
  } finally {
    await stopProcesses(layout);
    running.delete(layout);
    if (succeeded) removeLab(layout);
    else report(`the logs are in ${join(layout.folder, 'log')} until npm run lab:down`);
  }
  return succeeded;
}

/** Runs test files, a given number of them at once. */
function runTests(files: readonly string[], atOnce: number, layout?: LabLayout): Promise<boolean> {
  const lab = layout === undefined ? {} : { [labVariable]: String(layout.instance) };
  const args = ['--test', '--test-reporter=spec', `--test-concurrency=${atOnce}`, ...files];
  const child = spawn(process.execPath, args, { stdio: 'inherit', env: { ...process.env, ...lab } });
  return new Promise((done) => child.on('exit', (code) => done(code === 0)));
}
