import { execFile } from 'node:child_process';
import { runInProcess } from '../../cli/run-in-process.ts';

/** What a program made of its input. */
export interface Outcome {
  readonly code: number;
  readonly documents: string;
  /** What it wrote on standard error. */
  readonly complaint: string;
}

/** Paths of Crossplane's own programs. */
export interface RealPrograms {
  readonly cli: string;
  readonly core: string;
}

/** Renders with Crossplane's command line and its core. */
export function renderTheirs({ cli, core }: RealPrograms, args: readonly string[]): Promise<Outcome> {
  const command = ['composition', 'render', ...args, `--crossplane-binary=${core}`, '--timeout=2m'];
  return new Promise((resolve, reject) => {
    const child = execFile(cli, command, { maxBuffer: 64 * 1024 * 1024 }, (error, stdout, stderr) => {
      if (child.exitCode === null) reject(error ?? new Error(`${cli} was stopped: ${stderr}`));
      else resolve({ code: child.exitCode, documents: stdout, complaint: stderr });
    });
  });
}

/** Renders with ours, in this process. */
export async function renderOurs(args: readonly string[]): Promise<Outcome> {
  const { code, printed, complaints } = await runInProcess('render', ...args);
  return { code, documents: printed, complaint: complaints.join('\n') };
}

/** Returns why a reconcile failed, in core's words and on one line; undefined when it did not. What else a program says around it is its own. */
export function reasonOf({ code, complaint }: Outcome): string | undefined {
  if (code === 0) return undefined;
  const line = complaint.replaceAll(/\s+/g, ' ').trim();
  return line.slice(Math.max(0, line.lastIndexOf('cannot compose resources: ')));
}
