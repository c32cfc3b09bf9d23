import { existsSync, readFileSync, statSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { stringify } from 'yaml';
import type { Command } from '../command.ts';
import { formatSeconds } from '../output/table.ts';
import { diffPlans, printDifferences } from './diff-plans.ts';
import type { Plan } from './plan.ts';
import { printPlan } from './print-plan.ts';
import { runPlan } from './run-plan.ts';

const help = `Usage: crossply plan PATH [flags]

Plans every resource in a folder or file: runs the functions on an offline hub with a virtual clock until nothing is left
to do, and prints what would run on which cluster, why, and in which waves. Nothing outside this process is touched.

The folder holds ClusterProfiles and the kinds of Crossply; it may hold definitions, Compositions and Functions of your
own (a Function annotated render.crossplane.io/runtime: Development is called where its target annotation says).

Flags:
      --cluster NAME       only this cluster: what runs there, and with --output yaml its manifests
  -o, --output FORMAT      table (default), yaml or json
      --against PATH       print the difference to the plan of another folder, or to a file made with --output json
      --max-time SECONDS   virtual time to plan for (default 7200)
  -h, --help               show this help

Exit codes: 0 converged without problems, 1 problems (printed to stderr as file:line: message), 2 usage.
`;

const options = {
  cluster: { type: 'string' },
  output: { type: 'string', short: 'o', default: 'table' },
  against: { type: 'string' },
  'max-time': { type: 'string', default: '7200' },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

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
    const maxVirtualSeconds = Number(values['max-time']);
    if (!(maxVirtualSeconds > 0))
      return terminal.misuse(`--max-time: must be a number of seconds (got "${values['max-time']}")`);
    if (!['table', 'yaml', 'json'].includes(values.output)) {
      return terminal.misuse(`--output: must be table, yaml or json (got "${values.output}")`);
    }
    for (const each of [path, values.against]) {
      if (each !== undefined && !existsSync(each)) return terminal.misuse(`there is no file or folder ${each}`);
    }
    const onProgress = (seconds: number, doing: string) => terminal.progress(`${formatSeconds(seconds)} ${doing}`);
    const plan = await runPlan(path, { maxVirtualSeconds, onProgress });
    if (values.cluster !== undefined && !plan.clusters.includes(values.cluster)) {
      return terminal.misuse(
        `--cluster: there is no cluster "${values.cluster}"; there are ${plan.clusters.join(', ') || 'none'}`,
      );
    }
    const before = values.against === undefined ? undefined : await readAgainst(values.against, maxVirtualSeconds);
    terminal.print(
      before === undefined
        ? show(plan, values.output, values.cluster)
        : `${printDifferences(diffPlans(before, plan))}\n`,
    );
    for (const problem of plan.problems) terminal.complain(problem);
    return plan.problems.length > 0 ? 1 : 0;
  },
};

async function readAgainst(path: string, maxVirtualSeconds: number): Promise<Pick<Plan, 'manifests'>> {
  if (!statSync(path).isDirectory() && path.endsWith('.json')) return JSON.parse(readFileSync(path, 'utf8')) as Plan;
  return runPlan(path, { maxVirtualSeconds, onProgress: () => {} });
}

function show(plan: Plan, output: string, cluster: string | undefined): string {
  if (output === 'table') return `${printPlan(plan, cluster)}\n`;
  if (output === 'json') {
    return `${JSON.stringify(cluster === undefined ? plan : (plan.manifests[cluster] ?? []), null, 2)}\n`;
  }
  const groups =
    cluster === undefined ? Object.entries(plan.manifests) : [[cluster, plan.manifests[cluster] ?? []] as const];
  const documents = groups.flatMap(([name, manifests]) =>
    manifests.map(
      (manifest) => `---\n# cluster: ${name}\n${stringify(manifest, { aliasDuplicateObjects: false, lineWidth: 0 })}`,
    ),
  );
  return documents.join('');
}
