import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { Command } from '../command.ts';
import { wallClock } from '../hub-reader/live-reader.ts';
import { formatSeconds } from '../output/table.ts';
import { formatYaml } from '../output/yaml.ts';
import { objectsOfHub } from './describe-hub.ts';
import { diffPlans, printDifferences } from './diff-plans.ts';
import { formatManifests } from './format-manifests.ts';
import type { Plan } from './plan.ts';
import { printPlan } from './print-plan.ts';
import { readBaseline } from './read-baseline.ts';
import { describeTree } from './run-plan.ts';
import { type SettledTree, settleTree } from './settle-tree.ts';

const help = `Usage: crossply plan PATH [flags]

Plans every resource in a folder or file: runs the functions on an offline hub with a virtual clock until nothing is left
to do, and prints what would run on which cluster, why, and in which waves. Nothing outside this process is touched.

A rollout is shown as a timeline. Soaks and maintenance windows are waited for on the virtual clock; where a wave waits for
approvals, the plan says so and goes on as if somebody had given them. What an AndonCord, a freeze without end, a pause or
a rejection in the files stops stands still, and the plan ends there.

The folder holds ClusterProfiles and the kinds of Crossply; it may hold definitions, Compositions and Functions of your
own (a Function annotated render.crossplane.io/runtime: Development is called where its target annotation says).

Flags:
      --cluster NAME       only this cluster: what runs there, and with --output yaml its manifests
  -o, --output FORMAT      table (default); yaml: the manifests of every cluster; json: all of the plan;
                           hub: every object of the hub as it ends up, which crossply render takes with -e
      --against PATH       print the difference to the plan of another folder, or to a file made with --output json
                           (as table or json)
      --start TIME         when the plan begins, such as 2026-12-24T18:00:00Z, or now; maintenance windows and freezes go
                           by it (default 2026-01-01T00:00:00Z, so that a plan is always the same)
      --max-time SECONDS   virtual time that things may take; waiting for soaks, windows and people does not count
                           (default 7200)
  -h, --help               show this help

Exit codes: 0 converged without problems, 1 problems (printed to stderr as file:line: message), 2 usage.
`;

const options = {
  cluster: { type: 'string' },
  output: { type: 'string', short: 'o', default: 'table' },
  against: { type: 'string' },
  start: { type: 'string' },
  'max-time': { type: 'string', default: '7200' },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

const formats = ['table', 'yaml', 'json', 'hub'];

/** `crossply plan`: the whole tree to convergence. */
export const planCommand: Command = {
  name: 'plan',
  summary: 'what would run on which cluster, why, and in which waves',
  help,
  async run(args, terminal) {
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
    if (values.help) return terminal.print(help);
    const [path, ...rest] = positionals;
    if (path === undefined || rest.length > 0) return terminal.misuse('plan takes one folder or file');
    const { output, cluster, against } = values;
    const maxVirtualSeconds = Number(values['max-time']);
    if (!(maxVirtualSeconds > 0))
      return terminal.misuse(`--max-time: must be a number of seconds (got "${values['max-time']}")`);
    const start = values.start === 'now' ? wallClock() : Date.parse(values.start ?? '');
    if (values.start !== undefined && Number.isNaN(start))
      return terminal.misuse(`--start: must be a time such as 2026-12-24T18:00:00Z, or now (got "${values.start}")`);
    if (!formats.includes(output))
      return terminal.misuse(`--output: must be one of ${formats.join(', ')} (got "${output}")`);
    if (against !== undefined && output !== 'table' && output !== 'json')
      return terminal.misuse(`--against prints table or json (got --output ${output})`);
    for (const each of [path, against])
      if (each !== undefined && !existsSync(each)) return terminal.misuse(`there is no file or folder ${each}`);
    const onProgress = (seconds: number, doing: string) => terminal.progress(`${formatSeconds(seconds)} ${doing}`);
    const before = against === undefined ? undefined : await readBaseline(against, maxVirtualSeconds);
    const tree = await settleTree(path, {
      maxVirtualSeconds,
      onProgress,
      ...(values.start !== undefined && { start }),
    });
    const plan = await describeTree(tree);
    if (cluster !== undefined && !plan.clusters.includes(cluster)) {
      for (const problem of plan.problems) terminal.complain(problem);
      return terminal.misuse(
        `--cluster: there is no cluster "${cluster}"; there are ${plan.clusters.join(', ') || 'none'}`,
      );
    }
    terminal.print(
      before === undefined
        ? show(tree, plan, output, cluster)
        : showDifferences(of(before, cluster), of(plan, cluster), output),
    );
    for (const problem of plan.problems) terminal.complain(problem);
    return plan.problems.length > 0 ? 1 : 0;
  },
};

type Manifests = Pick<Plan, 'manifests'>;

function of({ manifests }: Manifests, cluster: string | undefined): Manifests {
  return cluster === undefined ? { manifests } : { manifests: { [cluster]: manifests[cluster] ?? [] } };
}

function show(tree: SettledTree, plan: Plan, output: string, cluster: string | undefined): string {
  switch (output) {
    case 'hub':
      return formatYaml(objectsOfHub(tree.hub));
    case 'json':
      return `${JSON.stringify(cluster === undefined ? plan : (plan.manifests[cluster] ?? []), null, 2)}\n`;
    case 'yaml':
      return formatManifests(of(plan, cluster).manifests);
    default:
      return `${printPlan(plan, cluster)}\n`;
  }
}

function showDifferences(before: Manifests, after: Manifests, output: string): string {
  const differences = diffPlans(before, after);
  return output === 'json' ? `${JSON.stringify(differences, null, 2)}\n` : `${printDifferences(differences)}\n`;
}
