import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runtimeFlags } from '../../package/runtime-flags.ts';

/** A function server in a process of its own. */
export interface ServerProcess {
  readonly address: string;
  /** Milliseconds from the start of the process until it said that it serves. */
  readonly startedInMs: number;
  /** Resident memory now, in MB. */
  residentMB(): number;
  stop(): void;
}

/** Starts the bundled server on a free port, plaintext. */
export async function startServerProcess(bundle: string): Promise<ServerProcess> {
  const startedAt = performance.now();
  const child = spawn(
    process.execPath,
    [...runtimeFlags, bundle, '--insecure', '--address', '127.0.0.1:0', '--metrics-address', '127.0.0.1:0'],
    {
      stdio: ['ignore', 'ignore', 'pipe'],
    },
  );
  const port = await servingPort(child);
  const startedInMs = performance.now() - startedAt;
  return {
    address: `127.0.0.1:${port}`,
    startedInMs,
    residentMB() {
      const status = readFileSync(join('/proc', String(child.pid), 'status'), 'utf8');
      return Math.round(Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1] ?? Number.NaN) / 1024);
    },
    stop: () => void child.kill('SIGTERM'),
  };
}

function servingPort(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    let text = '';
    child.stderr?.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      const port = /"port":(\d+).*"msg":"serving"/.exec(text)?.[1];
      if (port !== undefined) resolve(Number(port));
    });
    child.once('exit', (code) => reject(new Error(`the server ended with ${code}: ${text}`)));
  });
}
