import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The root of this package. */
export const root = join(import.meta.dirname, '..', '..');

const example = join(root, 'examples', 'bring-your-own-renderer');

/** The example with a renderer of its own, running on a free port, in a folder that says so. */
export interface RunningExample {
  readonly folder: string;
  stop(): Promise<void>;
}

/** Starts the renderer of the example on a free port and returns a copy of the example that refers to it. */
export async function startRendererExample(): Promise<RunningExample> {
  const port = await freePort();
  const folder = mkdtempSync(join(tmpdir(), 'crossply-example-'));
  cpSync(example, folder, { recursive: true });
  const functions = join(folder, 'functions.yaml');
  writeFileSync(functions, readFileSync(functions, 'utf8').replace(':9555', `:${port}`));
  const flags = ['--insecure', '--address', `127.0.0.1:${port}`];
  const child = spawn(process.execPath, [join(example, 'renderer.ts'), ...flags], { stdio: 'ignore' });
  const ended = once(child, 'close');
  return {
    folder,
    async stop() {
      child.kill('SIGKILL');
      await ended;
      rmSync(folder, { recursive: true });
    },
  };
}

/** Returns a port of this machine that nothing listened on a moment ago. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address !== null ? address.port : 0;
}
