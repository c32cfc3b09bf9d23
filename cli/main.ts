import { version } from '../functions/version.ts';
import type { Command, Terminal } from './command.ts';
import { InputError } from './input/input-error.ts';
import { planCommand } from './plan/command.ts';
import { renderCommand } from './render/command.ts';

const commands: readonly Command[] = [planCommand, renderCommand];

const help = `Usage: crossply COMMAND

Places, templates and rolls out applications over many Kubernetes clusters; these commands show offline what it would do.

Commands:
${commands.map(({ name, summary }) => `  ${name.padEnd(8)} ${summary}`).join('\n')}

See crossply COMMAND --help. crossply --version prints the version.
`;

async function main([name, ...args]: readonly string[]): Promise<number> {
  if (name === '--version') return terminal('').print(`${version}\n`);
  if (name === undefined || name === 'help' || name === '--help' || name === '-h') return terminal('').print(help);
  const command = commands.find((each) => each.name === name);
  if (command === undefined)
    return terminal('').misuse(
      `there is no command "${name}"; there are ${commands.map((each) => each.name).join(', ')}`,
    );
  const on = terminal(` ${command.name}`);
  try {
    return await command.run(args, on);
  } catch (error) {
    if (error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS'))
      return on.misuse(error.message);
    if (error instanceof InputError) {
      on.complain(`crossply ${command.name}: ${error.message}`);
      return 1;
    }
    throw error;
  }
}

function terminal(command: string): Terminal {
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
      process.stderr.write(`crossply${command}: ${message}\nSee crossply${command} --help.\n`);
      return 2;
    },
    progress(text) {
      if (!isWatched) return;
      process.stderr.write(`\r\x1b[K${text}`);
      shown = true;
    },
  };
}

process.exitCode = await main(process.argv.slice(2));
