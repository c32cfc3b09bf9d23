import { parseArgs } from 'node:util';
import { formatProblems } from '../../functions/kube/problem.ts';
import type { Command } from '../command.ts';
import { hubHelp, hubOptions, openHub } from '../hub-reader/hub-flags.ts';
import { isMoving } from './compare.ts';
import { printMoves } from './print-moves.ts';
import { changeOptions, readChanges } from './read-changes.ts';
import { tryOut } from './try-out.ts';

const help = `Usage: crossply whatif CHANGE… [flags]

Shows which Apps, ComputeNamespaces and Tiers would move where, and whose replicas would change by how much, if clusters
were other than they are, and why; nothing is changed. The placements are decided by the function that decides them on the
hub, again and again, as if each move had been made and had become healthy. Changes count as old: grace periods are over.
Removals that a hub would hold back are told as held, and counted as approved of. Left out are the waves, windows and brakes
that say when moves are made, and what changes in the content of clusters that are kept.

Changes (each may be given several times):
      --drain CLUSTER       all work has to leave the cluster: taint crossply.dev/drain:NoExecute
      --unhealthy CLUSTER   the cluster has been unhealthy for long
      --remove CLUSTER      the cluster is gone from the inventory, for longer than the grace period
      --taint CLUSTER:KEY[=VALUE]:EFFECT
                            the cluster has a taint: NoSchedule, PreferNoSchedule or NoExecute
      --capacity CLUSTER:PROPERTY=QUANTITY
                            a property of the cluster, such as its free capacity, is another
      --label CLUSTER:KEY=VALUE
                            a label of the cluster is another; it may change its ClusterSet
      --add FILE            the ClusterProfiles in a file or folder are there as well

Flags:
${hubHelp}
  -o, --output FORMAT       table (default) or json
  -h, --help                show this help

Exit codes: 0 every composite that has enough clusters would still have them, 1 one would not (or no end was found, or
the hub could not be read), 2 usage.
`;

const options = {
  ...changeOptions,
  ...hubOptions,
  output: { type: 'string', short: 'o', default: 'table' },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

const formats = ['table', 'json'];

/** `crossply whatif`: who would move where. */
export const whatifCommand: Command = {
  name: 'whatif',
  summary: 'who would move where if clusters were drained, tainted, added or lost',
  help,
  async run(args, terminal) {
    const { values } = parseArgs({ args: [...args], options });
    if (values.help) return terminal.print(help);
    if (!formats.includes(values.output))
      return terminal.misuse(`--output: must be one of ${formats.join(', ')} (got "${values.output}")`);
    const changes = readChanges(values);
    if (changes.problems !== undefined) return terminal.misuse(formatProblems(changes.problems));
    const hub = await openHub(values, terminal);
    if (hub.problems !== undefined) return terminal.misuse(formatProblems(hub.problems));
    const { reader, now, problems } = hub.value;
    for (const problem of problems) terminal.complain(problem);
    const outcome = await tryOut(reader, changes.value, now);
    if (outcome.problems !== undefined) return terminal.misuse(formatProblems(outcome.problems));
    const { composites, isSettled } = outcome.value;
    const shown = composites.filter((each) => isMoving(each) || !each.isPlaced);
    terminal.print(
      values.output === 'json'
        ? `${JSON.stringify({ isSettled, composites: shown }, null, 2)}\n`
        : `${printMoves(composites)}\n`,
    );
    if (!isSettled) terminal.complain('the placements still change after 100 rounds; what is shown is not the end');
    const isWorse = composites.some(({ isPlaced, wasPlaced }) => wasPlaced && !isPlaced);
    return isWorse || !isSettled ? 1 : 0;
  },
};
