import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { kubeconfigPath } from '../control-plane.ts';
import type { Lab } from '../lab.ts';
import { buildProgram } from '../programs.ts';

/** Returns what kubectl prints when it speaks with the hub; throws with what it says when it fails. */
export async function kubectl({ layout }: Lab, ...args: readonly string[]): Promise<string> {
  const program = await buildProgram('kubectl');
  const { stdout } = await promisify(execFile)(program, ['--kubeconfig', kubeconfigPath(layout, 'hub'), ...args]);
  return stdout;
}

/** Returns the rows of a table that kubectl printed, by the heads of its columns; of two alike the first counts. */
export function tableRows(table: string): readonly { readonly [column: string]: string }[] {
  const [head = '', ...lines] = table.trimEnd().split('\n');
  const columns = [...head.matchAll(/\S+/g)].map(({ 0: name, index }) => ({ name, index }));
  return lines.map((line) => {
    const cells = columns.map(({ name, index }, place) => [name, line.slice(index, columns[place + 1]?.index).trim()]);
    return Object.fromEntries(cells.toReversed());
  });
}
