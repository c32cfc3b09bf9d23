import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const execute = promisify(execFile);

/** A program of the machine that building needs, and what to do when it is missing. */
export interface Program {
  readonly command: string;
  /** One sentence: what it is needed for and how to get it. */
  readonly missing: string;
}

/** Runs a program to its end and returns what it wrote; refuses with what it complained about, or with how to get it. */
export async function runProgram(
  { command, missing }: Program,
  args: readonly string[],
  folder?: string,
): Promise<Buffer> {
  try {
    const { stdout } = await execute(command, args, {
      cwd: folder,
      encoding: 'buffer',
      maxBuffer: 512 * 1024 * 1024,
    });
    return stdout;
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    if ('code' in error && error.code === 'ENOENT')
      throw new Error(`there is no ${command} on this machine: ${missing}`);
    const complaint = 'stderr' in error ? String(error.stderr).trim() : '';
    throw new Error(`${command} ${args.join(' ')} failed: ${complaint === '' ? error.message : complaint}`);
  }
}
