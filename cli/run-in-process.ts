import { runCommandLine } from './command-line.ts';

/** What a command wrote and how it ended. */
export interface Ended {
  readonly code: number;
  readonly printed: string;
  /** The lines on standard error. */
  readonly complaints: readonly string[];
}

/** Runs a command line in this process and returns what it wrote. */
export async function runInProcess(...args: readonly string[]): Promise<Ended> {
  let printed = '';
  const complaints: string[] = [];
  const code = await runCommandLine(args, (command) => ({
    print(text) {
      printed += text;
      return 0;
    },
    complain: (line) => void complaints.push(line),
    misuse(message) {
      complaints.push(`${command}: ${message}`);
      return 2;
    },
    ask: async () => undefined,
    progress: () => {},
  }));
  return { code, printed, complaints };
}
