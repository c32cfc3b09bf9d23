import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const execute = promisify(execFile);

/** A program of the machine that is needed, and what to do when it is missing. */
export interface Program {
  readonly command: string;
  /** One sentence: what it is needed for and how to get it. */
  readonly missing: string;
}

/** Where a program runs, and what it finds there. */
export interface RunOptions {
  readonly folder?: string;
  /** Environment variables beside those of this process. */
  readonly environment?: { readonly [name: string]: string };
}

/** How much of a complaint is told: what matters of a long one is at its end. */
const complaintLength = 4000;

/** Runs a program to its end and returns what it wrote; refuses with what it complained about, or with how to get it. */
export async function runProgram(
  { command, missing }: Program,
  args: readonly string[],
  { folder, environment }: RunOptions = {},
): Promise<Buffer> {
  try {
    const { stdout } = await execute(command, args, {
      cwd: folder,
      env: { ...process.env, ...environment },
      encoding: 'buffer',
      maxBuffer: 512 * 1024 * 1024,
    });
    return stdout;
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    if ('code' in error && error.code === 'ENOENT')
      throw new Error(`there is no ${command} on this machine: ${missing}`);
    const complaint = 'stderr' in error ? String(error.stderr).trim().slice(-complaintLength) : '';
    const where = folder === undefined ? '' : ` in ${folder}`;
    throw new Error(`${command} ${args.join(' ')} failed${where}: ${complaint === '' ? error.message : complaint}`);
  }
}
