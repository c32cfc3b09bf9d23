import { createInterface } from 'node:readline/promises';
import type { Terminal } from '../command.ts';

/** Returns the terminal of this process for a command; it shows progress only where a person watches both streams. */
export function processTerminal(command: string): Terminal {
  const isWatched = process.stderr.isTTY === true && process.stdout.isTTY === true;
  let shown = false;
  const clear = () => {
    if (shown) process.stderr.write('\r\x1b[K');
    shown = false;
  };
  return {
    print(text) {
      clear();
      process.stdout.write(text);
      return 0;
    },
    complain(line) {
      clear();
      process.stderr.write(`${line}\n`);
    },
    misuse(message) {
      clear();
      process.stderr.write(`${command}: ${message}\nSee ${command} --help.\n`);
      return 2;
    },
    async ask(question) {
      if (process.stdin.isTTY !== true || process.stderr.isTTY !== true) return undefined;
      clear();
      const lines = createInterface({ input: process.stdin, output: process.stderr });
      try {
        return await lines.question(question);
      } finally {
        lines.close();
      }
    },
    progress(text) {
      if (!isWatched) return;
      process.stderr.write(`\r\x1b[K${text}`);
      shown = true;
    },
  };
}
