import { parseArgs } from 'node:util';
import { deviations } from './deviations.ts';
import { families } from './families.ts';
import { reportTables } from './report.ts';
import { readTables } from './table.ts';

const help = `npm run conformance -- [DIR]

Puts the questions of every table (*.json) in DIR to Crossply's own functions and compares the answers with the peer's.
Prints the counts of each family, the deviations and what is not mapped with their reasons, and every disagreement; the
exit code is 1 when there is one, 2 when the tables cannot be read. DIR is test/conformance when it is not given.

  -h, --help  shows this text`;

/** Returns the exit code. */
function main(words: readonly string[]): number {
  try {
    const { values, positionals } = parseArgs({
      args: [...words],
      options: { help: { type: 'boolean', short: 'h' } },
      allowPositionals: true,
    });
    if (values.help) {
      console.log(help);
      return 0;
    }
    const [folder = import.meta.dirname, ...more] = positionals;
    if (more.length > 0) throw new Error(`one folder at a time (got ${positionals.join(', ')})`);
    const tables = readTables(folder);
    if (tables.length === 0) throw new Error(`${folder} has no tables (*.json)`);
    const { text, disagrees } = reportTables(tables, families, deviations);
    console.log(text);
    return disagrees ? 1 : 0;
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return 2;
  }
}

process.exitCode = main(process.argv.slice(2));
