import { existsSync, readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { parse } from 'yaml';
import type { KubeObject } from '../../functions/kube/object.ts';
import type { Command } from '../command.ts';
import { readDocuments } from '../input/documents.ts';
import { InputError } from '../input/input-error.ts';
import { formatRendered } from './format-rendered.ts';
import { renderOnce } from './render-once.ts';

const help = `Usage: crossply render XR COMPOSITION [FUNCTIONS] [flags]

Reconciles one composite resource once, offline, and prints what Crossplane would compose: the same documents in the same
order as crossplane composition render. The functions of Crossply are built in; FUNCTIONS names the others and where they
listen (annotations render.crossplane.io/runtime: Development and render.crossplane.io/runtime-development-target).

Flags:
  -o, --observed-resources PATH     composed resources that exist already, a file or folder
  -e, --required-resources PATH     resources that functions may ask for, a file or folder (repeatable)
  -r, --include-function-results    print events as documents of kind Result
  -x, --include-full-xr             print the XR with its spec and all of its metadata
  -c, --include-context             print the context after the last step
      --xrd PATH                    the XR's definition, for defaults and validation
  -h, --help                        show this help

Exit codes: 0 rendered, 1 problems, 2 usage.
`;

const options = {
  'observed-resources': { type: 'string', short: 'o' },
  'required-resources': { type: 'string', short: 'e', multiple: true },
  'include-function-results': { type: 'boolean', short: 'r', default: false },
  'include-full-xr': { type: 'boolean', short: 'x', default: false },
  'include-context': { type: 'boolean', short: 'c', default: false },
  xrd: { type: 'string' },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

/** `crossply render`: one composite, one pass. */
export const renderCommand: Command = {
  name: 'render',
  summary: 'what one composite resource would compose in one reconcile',
  help,
  async run(args, terminal) {
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
    if (values.help) return terminal.print(help);
    const [xr, compositionPath, functionsPath, ...rest] = positionals;
    if (xr === undefined || compositionPath === undefined || rest.length > 0)
      return terminal.misuse('render takes an XR, a Composition and optionally Functions');
    const paths = [
      xr,
      compositionPath,
      functionsPath,
      values['observed-resources'],
      ...(values['required-resources'] ?? []),
      values.xrd,
    ];
    const missing = paths.find((path) => path !== undefined && !existsSync(path));
    if (missing !== undefined) return terminal.misuse(`there is no file or folder ${missing}`);
    const read = (path: string | undefined) => (path === undefined ? [] : readObjects(path));
    const [composite] = read(xr);
    const composition = read(compositionPath).find(({ kind }) => kind === 'Composition');
    if (composite === undefined) return terminal.misuse(`${xr} holds no object`);
    if (composition === undefined) return terminal.misuse(`${compositionPath} holds no Composition`);
    const definition = read(values.xrd)[0];
    const rendered = await renderOnce({
      composite,
      composition,
      functions: read(functionsPath).filter(({ kind }) => kind === 'Function'),
      ...(definition !== undefined && { definition }),
      observed: read(values['observed-resources']),
      required: (values['required-resources'] ?? []).flatMap(read),
    });
    if (rendered.pass.outcome !== 'Composed') {
      terminal.complain(`crossply render: ${rendered.pass.message ?? rendered.pass.outcome}`);
      return 1;
    }
    return terminal.print(
      formatRendered(rendered, parse(readFileSync(xr, 'utf8')) as KubeObject, {
        results: values['include-function-results'],
        fullComposite: values['include-full-xr'],
        context: values['include-context'],
      }),
    );
  },
};

function readObjects(path: string): readonly KubeObject[] {
  const { documents, problems } = readDocuments(path);
  const [problem] = problems;
  if (problem !== undefined) throw new InputError(`${problem.file}:${problem.line}: ${problem.message}`);
  return documents.map(({ object }) => object);
}
