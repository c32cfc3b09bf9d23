import { parseArgs } from 'node:util';
import { formatProblems } from '../../functions/kube/problem.ts';
import type { Command } from '../command.ts';
import { findComposite } from '../explain/find-composite.ts';
import { carryOut } from './carry-out.ts';
import { options, readCommand } from './flags.ts';
import { help } from './help.ts';
import { openRolloutHub, rolloutKinds } from './rollout-hub.ts';
import { readSubject } from './subject.ts';

/** `crossply rollout`: how a rollout goes, and what people may do about it. */
export const rolloutCommand: Command = {
  name: 'rollout',
  summary: 'how a rollout goes on a hub; approve, pause, roll back or retry it',
  help,
  async run(args, terminal) {
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
    if (values.help === true) return terminal.print(help);
    const command = readCommand(positionals, values);
    if (command.problems !== undefined) return terminal.misuse(formatProblems(command.problems));
    const { subcommand, target } = command.value;
    const hub = await openRolloutHub(values);
    if (hub.problems !== undefined) return terminal.misuse(formatProblems(hub.problems));
    const namespace = values.namespace ?? hub.value.namespace;
    const composite = await findComposite(hub.value.reader, target, namespace, rolloutKinds(target));
    if (composite.problems !== undefined) return terminal.misuse(formatProblems(composite.problems));
    return carryOut(subcommand, readSubject(composite.value), values, hub.value, terminal);
  },
};
