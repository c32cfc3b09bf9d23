import { spawn } from 'node:child_process';
import { globSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { advisedCore, type CoreSettings } from '../crossplane.ts';
import { startLab } from '../lab.ts';
import { claimFreeLab, type LabLayout } from '../layout.ts';
import { removeLab, stopProcesses } from '../stop-lab.ts';
import { labVariable } from './running-lab.ts';

/** Test files that run on one lab, or each on a lab of its own. */
interface Phase {
  readonly folder: string;
  readonly sideBySide: number;
  readonly lab: CoreSettings | 'Own';
}

/**
 * Labs have the flags of core that large hubs are advised to have, so that no test waits minutes for an event that core has
 * dropped; what is about waiting, and the hub on PostgreSQL, has core's own. What breaks parts of a lab runs one at a time.
 * One phase comes after the other, for more labs at once than cores make what is slow by design look broken.
 */
const phases: readonly Phase[] = [
  { folder: 'shared', sideBySide: 3, lab: advisedCore },
  { folder: 'breaking', sideBySide: 1, lab: advisedCore },
  { folder: 'waiting', sideBySide: 2, lab: {} },
  { folder: 'own-lab', sideBySide: 2, lab: 'Own' },
];

/** Runs the end-to-end tests, all or the files named, on labs that it starts and takes down again. */
const started = Date.now();
const report = (line: string) => console.log(`# ${Math.round((Date.now() - started) / 1000)} s: ${line}`);
const named = process.argv.slice(2).map((file) => resolve(file));
const known = new Set(phases.flatMap(({ folder }) => testFiles(folder)));
const unknown = named.filter((file) => !known.has(file));
if (unknown.length > 0) throw new Error(`no end-to-end test: ${unknown.join(', ')}`);
for (const phase of phases) if (!(await runPhase(phase))) process.exitCode = 1;

/** Runs the files of a phase that are wanted and tells whether all passed. */
async function runPhase({ folder, sideBySide, lab }: Phase): Promise<boolean> {
  const files = testFiles(folder).filter((file) => named.length === 0 || named.includes(file));
  if (files.length === 0) return true;
  if (lab === 'Own') return runTests(files, sideBySide);
  return onLab(lab, (layout) => runTests(files, sideBySide, layout));
}

/** Starts a lab, runs tests on it, and takes it down; what it logged stays when a test failed. */
async function onLab(core: CoreSettings, run: (layout: LabLayout) => Promise<boolean>): Promise<boolean> {
  const layout = await claimFreeLab();
  const stop = () => void stopProcesses(layout).then(() => process.exit(130));
  process.once('SIGINT', stop);
  let succeeded = false;
  try {
    await startLab(layout, report, { core });
    succeeded = await run(layout);
  } finally {
    process.off('SIGINT', stop);
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
function runTests(files: readonly string[], sideBySide: number, layout?: LabLayout): Promise<boolean> {
  const lab = layout === undefined ? {} : { [labVariable]: String(layout.instance) };
  const args = ['--test', '--test-reporter=spec', `--test-concurrency=${sideBySide}`, ...files];
  const child = spawn(process.execPath, args, { stdio: 'inherit', env: { ...process.env, ...lab } });
  return new Promise((done) => child.on('exit', (code) => done(code === 0)));
}
