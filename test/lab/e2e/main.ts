import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { globSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { advisedCore, type CoreSettings } from '../crossplane.ts';
import { startLab } from '../lab.ts';
import { claimFreeLab, type LabLayout, takenPorts } from '../layout.ts';
import { removeLab, stopProcesses } from '../stop-lab.ts';
import { patienceVariable } from '../wait-until.ts';
import { labVariable } from './running-lab.ts';

/** Runs test files and tells whether all passed. */
type Run = () => Promise<boolean>;

/** Runs the end-to-end tests, all or the files named, on labs that it starts and takes down again. */
const started = Date.now();
const report = (line: string) => console.log(`# ${Math.round((Date.now() - started) / 1000)} s: ${line}`);
const named = process.argv.slice(2).map((file) => resolve(file));
const known = new Set(globSync(join(import.meta.dirname, '*', '*.e2e.ts')));
const unknown = named.filter((file) => !known.has(file));
if (unknown.length > 0) throw new Error(`no end-to-end test: ${unknown.join(', ')}`);
const running = new Set<LabLayout>();
process.once('SIGINT', () => void Promise.all([...running].map(stopProcesses)).then(() => process.exit(130)));

/** What starting a lab takes on a calm machine, and how much slower than that one may be: its own start measures the machine. */
const calmStartSeconds = 30;
const mostPatience = 6;
let patience = 1;

/**
 * Labs have the flags of core that large hubs are advised to have, so that no test waits minutes for an event that core has
 * dropped; what is about waiting has core's own. What breaks parts of a lab has it to itself; two labs run at once, for with
 * more labs than cores what is slow by design looks broken. The long ones of a phase come first; the lab of the README comes
 * while an edit waits to be due.
 */
const phases: readonly Run[] = [
  () => onLab(advisedCore, filesIn('shared', ['boutique', 'placement', 'changes', 'brakes', 'drift', 'removals']), 4),
  () =>
    sideBySide(2, [
      ...[...Map.groupBy(filesIn('breaking'), isUpgrade).values()].map((files) => () => onLab(advisedCore, files, 1)),
      ...filesIn('own-lab').map((file) => () => runTest(file)),
    ]),
  () => onLab({}, filesIn('waiting', ['edits', 'settled']), 2),
];
for (const run of phases) if (!(await run())) process.exitCode = 1;

/** Upgrades take as long as all else that breaks parts of a lab. */
function isUpgrade(file: string): boolean {
  return basename(file) === 'upgrade.e2e.ts';
}

/** Returns the test files of a folder that are wanted; those with the names given come first. */
function filesIn(folder: string, longOnes: readonly string[] = []): readonly string[] {
  const pathOf = (name: string) => join(import.meta.dirname, folder, `${name}.e2e.ts`);
  const files = new Set([...longOnes.map(pathOf), ...globSync(pathOf('*')).sort()]);
  return [...files].filter((file) => named.length === 0 || named.includes(file));
}

/** Does all of the runs, a given number of them at once. */
async function sideBySide(atOnce: number, runs: readonly Run[]): Promise<boolean> {
  const left = runs.values();
  const results: boolean[] = [];
  const worker = async () => {
    for (const run of left) results.push(await run());
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return results.every((passed) => passed);
}

/** Starts a lab, runs test files on it, and takes it down; what it logged stays when a test failed. */
async function onLab(core: CoreSettings, files: readonly string[], atOnce: number): Promise<boolean> {
  if (files.length === 0) return true;
  const layout = await claimFreeLab();
  running.add(layout);
  let succeeded = false;
  try {
    const { startSeconds } = await startLab(layout, report, { core });
    patience = Math.min(mostPatience, Math.max(1, startSeconds / calmStartSeconds));
    report(
      `the lab took ${Math.round(startSeconds)} s to start: everything may take ${patience.toFixed(1)} times as long`,
    );
    const runs = files.map((file) => () => runTest(file, layout));
    succeeded = await sideBySide(atOnce, runs);
  } finally {
    await stopProcesses(layout);
    running.delete(layout);
    const left = await takenPorts(layout);
    if (left.length > 0) report(`something of the lab still listens on ${left.join(', ')}`);
    succeeded &&= left.length === 0;
    if (succeeded) removeLab(layout);
    else report(`the logs are in ${join(layout.folder, 'log')} until npm run lab:down`);
  }
  return succeeded;
}

/** Runs a test file, on a lab if it does not start one itself. */
async function runTest(file: string, layout?: LabLayout): Promise<boolean> {
  const lab = layout === undefined ? {} : { [labVariable]: String(layout.instance) };
  const args = ['--test', '--test-reporter=spec', file];
  const env = { ...process.env, ...lab, [patienceVariable]: String(patience) };
  const child = spawn(process.execPath, args, { stdio: 'inherit', env });
  const [code] = await once(child, 'exit');
  return code === 0;
}
