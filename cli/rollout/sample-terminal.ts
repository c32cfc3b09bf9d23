import type { Terminal } from '../command.ts';

/** Returns a terminal that keeps every line that is written to it, and at which somebody gives always the same answer, or nobody any. */
export function sampleTerminal(answer?: string): Terminal & { readonly lines: readonly string[] } {
  const lines: string[] = [];
  return {
    lines,
    print(text) {
      lines.push(text);
      return 0;
    },
    complain: (line) => void lines.push(line),
    misuse(message) {
      lines.push(message);
      return 2;
    },
    ask: async () => answer,
    progress: () => {},
  };
}
