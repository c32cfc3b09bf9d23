import { nearest } from '../functions/kube/schema-suggestion.ts';
import { version } from '../functions/version.ts';
import type { Command, Terminal } from './command.ts';
import { explainCommand } from './explain/command.ts';
import { InputError } from './input/input-error.ts';
import { planCommand } from './plan/command.ts';
import { renderCommand } from './render/command.ts';
import { rolloutCommand } from './rollout/command.ts';
import { whatifCommand } from './whatif/command.ts';

const commands: readonly Command[] = [planCommand, renderCommand, explainCommand, whatifCommand, rolloutCommand];

const help = `Usage: crossply COMMAND

Places, templates and rolls out applications over many Kubernetes clusters. These commands show what it would do and why, and
change nothing; only rollout writes, and nothing but what people decide about a rollout.

Commands:
${commands.map(({ name, summary }) => `  ${name.padEnd(8)} ${summary}`).join('\n')}

See crossply COMMAND --help. crossply --version prints the version.
`;

/** Runs the command that the first argument names and returns the exit code: 0 fine, 1 problems, 2 usage. */
export async function runCommandLine(
  [name, ...args]: readonly string[],
  terminalOf: (command: string) => Terminal,
): Promise<number> {
  const terminal = terminalOf('crossply');
  if (name === '--version') return terminal.print(`${version}\n`);
  if (name === undefined || name === 'help' || name === '--help' || name === '-h') return terminal.print(help);
  const command = commands.find((each) => each.name === name);
  if (command === undefined) {
    const names = commands.map((each) => each.name);
    const meant = nearest(name, names);
    const hint = meant === undefined ? `there are ${names.join(', ')}` : `did you mean "${meant}"?`;
    return terminal.misuse(`there is no command "${name}"; ${hint}`);
  }
  const on = terminalOf(`crossply ${command.name}`);
  try {
    return await command.run(args, on);
  } catch (error) {
    if (error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS'))
      return on.misuse(error.message.split('. ', 1)[0] ?? error.message);
    if (!(error instanceof InputError)) throw error;
    on.complain(/^\S+:\d+: /.test(error.message) ? error.message : `crossply ${command.name}: ${error.message}`);
    return 1;
  }
}
