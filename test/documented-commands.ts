import { readFileSync } from 'node:fs';

/** A fenced block of a Markdown file. */
export type Block = { readonly language: string; readonly text: string };

/** Returns the fenced blocks of a Markdown file, in order. */
export function blocksOf(file: string): readonly Block[] {
  return [...readFileSync(file, 'utf8').matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm)].map(
    ([, language = '', text = '']) => ({
      language,
      text,
    }),
  );
}

/** Returns what is to be run of a block of shell commands: packages are installed already. */
export function withoutInstallation(script: string): string {
  return script.replace(/^npm ci && /gm, '');
}
