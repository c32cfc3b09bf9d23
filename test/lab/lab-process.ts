import { execFileSync, spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

/** How to start a process of a lab. */
export interface ProcessSpec {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly environment?: { readonly [name: string]: string };
  /** User and group to run as, where a program refuses root. */
  readonly user?: { readonly uid: number; readonly gid: number };
}

/** Starts a process that outlives this one, with a log file and a record of it in the lab's folder, and returns its pid. */
export function startProcess(folder: string, spec: ProcessSpec): number {
  const { name, command, args, environment, user } = spec;
  for (const part of ['log', 'processes', 'specs']) mkdirSync(join(folder, part), { recursive: true });
  writeFileSync(specOf(folder, name), JSON.stringify(spec));
  const log = openSync(logOf(folder, name), 'a');
  const { PATH, HOME, TMPDIR } = process.env;
  // With Go's default an API server spends a quarter of its time on collecting garbage.
  const env = { PATH, HOME, TMPDIR, GOGC: '200', ...environment };
  const child = spawn(command, args, { detached: true, stdio: ['ignore', log, log], env, cwd: folder, ...user });
  closeSync(log);
  child.unref();
  if (child.pid === undefined) throw new Error(`cannot start ${name}: ${command}`);
  writeFileSync(recordOf(folder, name), JSON.stringify({ pid: child.pid, started: startOf(child.pid) }));
  return child.pid;
}

/**
 * Starts a process of the lab that has ended as it was started before, again until it stays, as a kubelet does: the ports
 * of a process that was killed may be taken for a moment longer.
 */
export async function startAgain(folder: string, name: string): Promise<void> {
  if (runningPid(folder, name) !== undefined) throw new Error(`${name} still runs: stop it before it is started again`);
  const spec = JSON.parse(readFileSync(specOf(folder, name), 'utf8')) as ProcessSpec;
  for (let tries = 0; tries < 10; tries += 1) {
    startProcess(folder, spec);
    await delay(2000);
    if (runningPid(folder, name) !== undefined) return;
  }
  throw new Error(`${name} does not stay: see ${logOf(folder, name)}`);
}

/** Returns the pid of a lab's process while it runs; a number that the system gave to another process since does not count. */
export function runningPid(folder: string, name: string): number | undefined {
  let record: { pid: number; started: string | undefined };
  try {
    record = JSON.parse(readFileSync(recordOf(folder, name), 'utf8'));
  } catch {
    return undefined;
  }
  return record.started !== undefined && startOf(record.pid) === record.started ? record.pid : undefined;
}

/** Returns the names of the processes that a lab has records of. */
export function recordedProcesses(folder: string): readonly string[] {
  try {
    return readdirSync(join(folder, 'processes')).sort();
  } catch {
    return [];
  }
}

/** Ends a process of the lab and waits until it is gone: kindly first unless told otherwise, by force after ten seconds. */
export async function stopProcess(
  folder: string,
  name: string,
  signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM',
): Promise<void> {
  const pid = runningPid(folder, name);
  if (pid !== undefined) {
    process.kill(pid, signal);
    for (let waited = 0; runningPid(folder, name) !== undefined; waited += 50) {
      if (waited === 10_000) process.kill(pid, 'SIGKILL');
      await delay(50);
    }
  }
  rmSync(recordOf(folder, name), { force: true });
}

function recordOf(folder: string, name: string): string {
  return join(folder, 'processes', name);
}

function specOf(folder: string, name: string): string {
  return join(folder, 'specs', name);
}

function logOf(folder: string, name: string): string {
  return join(folder, 'log', `${name}.log`);
}

/** When a process started, as ps says it; undefined when it does not run, or has ended and is only not yet waited for. */
function startOf(pid: number): string | undefined {
  try {
    const line = execFileSync('ps', ['-o', 'stat=,lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim();
    return line === '' || line.startsWith('Z') ? undefined : line.replace(/^\S+\s+/, '');
  } catch {
    return undefined;
  }
}
