import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';

const main = join(import.meta.dirname, '..', '..', 'functions', 'main.ts');

/** How a process ended, and all that it wrote. */
export type Ended = { readonly code: number | null; readonly stdout: string; readonly stderr: string };

/** The function server as users run it: a process of its own. */
export interface FunctionProcess {
  /** Resolves with the port when it serves; rejects with what it wrote when it ends instead. */
  readonly serving: Promise<number>;
  readonly ended: Promise<Ended>;
  signal(signal: 'SIGTERM' | 'SIGINT'): void;
  /** Resolves once the process has logged a message. */
  logged(message: string): Promise<void>;
}

/** Starts `node functions/main.ts` with the given flags and environment; it is killed when the test ends. */
export function startProcess(
  t: TestContext,
  flags: readonly string[],
  environment: { readonly [name: string]: string } = {},
): FunctionProcess {
  const child = spawn(process.execPath, [main, ...flags], {
    env: { PATH: process.env['PATH'], ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  t.after(() => child.kill('SIGKILL'));
  const stdout = collect(child, 'stdout');
  const stderr = collect(child, 'stderr');
  const ended = once(child, 'close').then(([code]): Ended => ({ code, stdout: stdout.text(), stderr: stderr.text() }));
  const untilLogged = (pattern: RegExp) =>
    Promise.race([
      stderr.until(pattern),
      ended.then(({ code, stderr: text }) => {
        throw new Error(`the process ended with ${code} before it wrote ${pattern}: ${text}`);
      }),
    ]);
  const serving = untilLogged(/"port":(\d+).*"msg":"serving"/).then(([, port]) => Number(port));
  serving.catch(() => {});
  return {
    serving,
    ended,
    signal: (signal) => void child.kill(signal),
    logged: async (message) => void (await untilLogged(new RegExp(`"msg":"${message}`))),
  };
}

/** Flags for a server on a free local port without metrics. */
export const localFlags = ['--address', '127.0.0.1:0', '--metrics-address', ''];

/** Returns an empty folder that is removed when the test ends. */
export function temporaryFolder(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'crossply-wire-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

function collect(child: ChildProcess, stream: 'stdout' | 'stderr') {
  let text = '';
  const watchers = new Set<() => void>();
  child[stream]?.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk;
    for (const watcher of watchers) watcher();
  });
  return {
    text: () => text,
    until: (pattern: RegExp) =>
      new Promise<RegExpExecArray>((resolve) => {
        const look = () => {
          const match = pattern.exec(text);
          if (match === null) return;
          watchers.delete(look);
          resolve(match);
        };
        watchers.add(look);
        look();
      }),
  };
}
