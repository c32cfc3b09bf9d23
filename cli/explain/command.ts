import { parseArgs } from 'node:util';
import type { Candidate } from '../../functions/clusters/cluster-facts.ts';
import type { Json } from '../../functions/kube/json.ts';
import { formatProblems } from '../../functions/kube/problem.ts';
import { nearest } from '../../functions/kube/schema-suggestion.ts';
import type { Command } from '../command.ts';
import { decide, findSelectorStep } from '../hub-reader/decide.ts';
import { hubHelp, hubOptions, openHub } from '../hub-reader/hub-flags.ts';
import { observeComposite } from '../hub-reader/observe-composite.ts';
import { listNames } from '../output/table.ts';
import { formatYamlDocument } from '../output/yaml.ts';
import { type ExplainedCluster, type Explanation, explainDecision } from './explanation.ts';
import { findComposite } from './find-composite.ts';
import { printCluster } from './print-cluster.ts';
import { printExplanation } from './print-explanation.ts';

const help = `Usage: crossply explain KIND/NAME [flags]

Says for every cluster why an App, a ComputeNamespace or a Tier runs there or does not: the verdict, the first rule that
was not met or the score with its parts, and the one change that would have the cluster selected. The decision is made
anew from what the hub holds, by the function that makes it on the hub; nothing is written. KIND may be left out for an
App. The status of a composite holds the same, cut to the chosen clusters and the nearest misses.

Flags:
  -n, --namespace NAME      namespace of the composite (default: the context's, or wherever there is one of that name)
${hubHelp}
      --cluster NAME        only this cluster, with all that is known of it
  -o, --output FORMAT       table (default), json or yaml
  -h, --help                show this help

Exit codes: 0 explained, 1 the hub or the composite could not be read, 2 usage.
`;

const options = {
  namespace: { type: 'string', short: 'n' },
  ...hubOptions,
  cluster: { type: 'string' },
  output: { type: 'string', short: 'o', default: 'table' },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

const formats = ['table', 'json', 'yaml'];

/** `crossply explain`: one composite and every cluster. */
export const explainCommand: Command = {
  name: 'explain',
  summary: 'why a composite runs on which cluster, and what would change that',
  help,
  async run(args, terminal) {
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
    if (values.help) return terminal.print(help);
    const [target, ...rest] = positionals;
    if (target === undefined || rest.length > 0 || target.startsWith('/') || target.endsWith('/'))
      return terminal.misuse('explain takes one KIND/NAME, such as app/shop');
    if (!formats.includes(values.output))
      return terminal.misuse(`--output: must be one of ${formats.join(', ')} (got "${values.output}")`);
    const hub = await openHub(values, terminal);
    if (hub.problems !== undefined) return terminal.misuse(formatProblems(hub.problems));
    const { reader, now, namespace, problems } = hub.value;
    for (const problem of problems) terminal.complain(problem);
    const composite = await findComposite(reader, target, values.namespace ?? namespace);
    if (composite.problems !== undefined) return terminal.misuse(formatProblems(composite.problems));
    const step = await findSelectorStep(reader, composite.value);
    const decision =
      step.problems === undefined
        ? await decide(reader, step.value, await observeComposite(reader, composite.value), now)
        : step;
    if (decision.problems !== undefined) {
      terminal.complain(formatProblems(decision.problems));
      return 1;
    }
    const explanation = explainDecision(composite.value, decision.value);
    if (values.cluster === undefined) return terminal.print(show(explanation, values.output));
    const asked = nameNow(values.cluster, decision.value.candidates);
    const one = explanation.clusters.find(({ cluster }) => cluster === asked);
    if (one === undefined) return terminal.misuse(`--cluster: ${unknown(values.cluster, explanation)}`);
    return terminal.print(show({ ...explanation, clusters: [one] }, values.output, one));
  },
};

/** A cluster may be asked for by a name that it had, as long as no other has it. */
function nameNow(asked: string, candidates: readonly Candidate[]): string {
  const renamed = candidates.find(({ facts }) => facts.formerNames?.includes(asked) === true);
  return renamed?.facts.name ?? asked;
}

function show(explanation: Explanation, output: string, only?: ExplainedCluster): string {
  if (output === 'json') return `${JSON.stringify(explanation, null, 2)}\n`;
  if (output === 'yaml') return formatYamlDocument(explanation as unknown as Json);
  return `${only === undefined ? printExplanation(explanation) : printCluster(explanation, only)}\n`;
}

function unknown(cluster: string, { kind, name, clusters, summary }: Explanation): string {
  const names = clusters.map((each) => each.cluster).sort();
  const meant = nearest(cluster, names);
  if (names.length === 0) return `no cluster was looked at for ${kind} ${name}: ${summary.message}`;
  const hint = meant === undefined ? `there are ${listNames(names)}` : `did you mean "${meant}"?`;
  return `there is no cluster "${cluster}" that ${kind} ${name} could be on; ${hint}`;
}
